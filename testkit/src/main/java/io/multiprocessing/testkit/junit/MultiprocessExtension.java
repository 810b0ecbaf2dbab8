package io.multiprocessing.testkit.junit;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Opens the contexts of {@link Multiprocess} parameters. */
public final class MultiprocessExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(MultiprocessExtension.class);

    /** Called by JUnit. */
    public MultiprocessExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        if (!parameter.isAnnotated(Multiprocess.class)) {
            return false;
        }
        if (parameter.getParameter().getType() != Context.class
                || test.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("@Multiprocess belongs to a parameter of type "
                    + Context.class.getName() + " of a test method, not to " + parameter.getParameter());
        }
        return true;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return open(parameter.findAnnotation(Multiprocess.class).orElseThrow().value(), test);
    }

    /** Opens a context that is closed, and looked after, when the test has ended. */
    static Context open(String uri, ExtensionContext test) {
        // What a store holds is closed in the opposite order: the contexts first, the look for leaks at last.
        test.getStore(NAMESPACE).computeIfAbsent(LeakCheck.class, _ -> LeakCheck.begin(test), LeakCheck.class);
        Context context = Multiprocessing.open(uri);
        test.getStore(NAMESPACE).put(context, new Closing(context));
        return context;
    }

    private record Closing(Context context) implements AutoCloseable {
        @Override
        public void close() {
            try {
                LeakCheck.endChildren();
            } finally {
                context.close();
            }
        }
    }
}
