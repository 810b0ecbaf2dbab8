package io.multiprocessing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an interface that is {@linkplain Manager#register registered} with a manager: what it returns stays in
 * the manager, and the caller gets a proxy of it. The method's return type must be an interface. Without this mark the
 * caller gets a copy.
 *
 * <p>Source: the {@code method_to_typeid} of Python's {@code BaseManager.register}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ReturnsProxy {}
