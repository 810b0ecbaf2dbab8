package io.multiprocessing.manager;

/**
 * What a call has taken out of an object, so that nobody else can have it. If the client is gone before it has said that
 * the answer has come, it is put back.
 *
 * @param value the result of the call
 * @param putBack undoes the call, as far as others see
 */
record Taken(Object value, Runnable putBack) {}
