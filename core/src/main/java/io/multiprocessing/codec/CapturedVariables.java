package io.multiprocessing.codec;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.LocalVariableInfo;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.util.Optional;

/** The names that the source of a lambda gives to what it captures, for error messages. */
final class CapturedVariables {
    private CapturedVariables() {}

    /** As {@code the captured variable "socket"}, or by its position where the class was compiled without names. */
    static String name(SerializedLambda lambda, int index) {
        boolean hasReceiver = lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic
                && lambda.getImplMethodKind() != MethodHandleInfo.REF_newInvokeSpecial;
        if (hasReceiver && index == 0) {
            return "the captured \"this\"";
        }
        return find(lambda, hasReceiver ? index - 1 : index, hasReceiver)
                .map(name -> "the captured variable \"" + name + "\"")
                .orElse("captured variable number " + (index + 1));
    }

    private static Optional<String> find(SerializedLambda lambda, int parameter, boolean hasReceiver) {
        String resource = lambda.getImplClass() + ".class";
        try (InputStream in = ClassLoader.getSystemResourceAsStream(resource)) {
            if (in == null) {
                return Optional.empty();
            }
            ClassModel model = ClassFile.of().parse(in.readAllBytes());
            int slot = slot(MethodTypeDesc.ofDescriptor(lambda.getImplMethodSignature()), parameter, hasReceiver);
            return model.methods().stream()
                    .filter(method -> method.methodName().equalsString(lambda.getImplMethodName())
                            && method.methodType().equalsString(lambda.getImplMethodSignature()))
                    .findFirst()
                    .flatMap(method -> variable(method, slot));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static int slot(MethodTypeDesc type, int parameter, boolean hasReceiver) {
        int slot = hasReceiver ? 1 : 0;
        for (int i = 0; i < parameter; i++) {
            String descriptor = type.parameterType(i).descriptorString();
            slot += descriptor.equals("J") || descriptor.equals("D") ? 2 : 1;
        }
        return slot;
    }

    private static Optional<String> variable(MethodModel method, int slot) {
        return method.findAttribute(Attributes.code())
                .flatMap(code -> code.findAttribute(Attributes.localVariableTable()))
                .flatMap(table -> table.localVariables().stream()
                        .filter(variable -> variable.slot() == slot && variable.startPc() == 0)
                        .findFirst())
                .map(LocalVariableInfo::name)
                .map(Object::toString);
    }
}
