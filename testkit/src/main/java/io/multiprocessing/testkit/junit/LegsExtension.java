package io.multiprocessing.testkit.junit;

import io.multiprocessing.Context;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs a test once on each leg. */
public final class LegsExtension implements TestTemplateInvocationContextProvider {
    /** Called by JUnit. */
    public LegsExtension() {}

    @Override
    public boolean supportsTestTemplate(ExtensionContext test) {
        return AnnotationSupport.isAnnotated(test.getTestMethod(), MultiprocessTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext test) {
        String[] legs = AnnotationSupport.findAnnotation(test.getTestMethod(), MultiprocessTest.class)
                .orElseThrow()
                .value();
        if (legs.length == 0) {
            throw new ExtensionConfigurationException("@MultiprocessTest names no context to run on");
        }
        return Stream.of(legs).map(Leg::new);
    }

    private record Leg(String uri) implements TestTemplateInvocationContext, ParameterResolver {
        @Override
        public String getDisplayName(int invocation) {
            return "[" + uri + "]";
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == Context.class && !parameter.isAnnotated(Multiprocess.class);
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return MultiprocessExtension.open(uri, test);
        }
    }
}
