package io.multiprocessing.codec;

import static io.multiprocessing.codec.Copies.travelled;
import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.RemoteException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ThrowablesTest {
    private static class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final int code;

        Refused(int code, Throwable cause) {
            super("refused with code " + code, cause);
            this.code = code;
        }
    }

    private static final class HoldsAThread extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings({"serial", "unused"}) // that is the point
        private final Thread thread = Thread.currentThread();

        HoldsAThread(@Nullable String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    static Stream<Throwable> throwables() {
        var suppressing = new IllegalStateException("closing", new IOException("disk"));
        suppressing.addSuppressed(new IllegalArgumentException());
        suppressing.addSuppressed(new Refused(1, new RuntimeException()));
        var withoutTrace = new RuntimeException("bare");
        withoutTrace.setStackTrace(new StackTraceElement[0]);
        return Stream.of(
                new RuntimeException(),
                new RuntimeException("ä漢"),
                new NullPointerException("x"),
                new FileNotFoundException("f"),
                new InterruptedException(),
                new AssertionError("a"),
                new OutOfMemoryError("pretended"),
                new UncheckedIOException(new IOException("x")),
                new ExecutionException("e", new IllegalStateException("inner")),
                new ArrayIndexOutOfBoundsException(3),
                new Refused(7, new Refused(8, new IOException("io"))),
                withoutTrace,
                suppressing);
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void exceptionArrivesAsItself(Throwable thrown) throws NotSerializableException {
        assertThat(Copies.areSame(travelled(thrown), thrown)).isTrue();
    }

    @Test
    void fieldsOfAnExceptionArrive() throws NotSerializableException {
        assertThat(travelled(new Refused(7, new RuntimeException())).code).isEqualTo(7);
    }

    @Test
    void causeMayBeSetWhereItWasNot() throws NotSerializableException {
        var copy = travelled(new IllegalStateException("x"));
        assertThat(copy.initCause(new RuntimeException())).isSameAs(copy);
    }

    @Test
    void exceptionThatHoldsWhatCannotBeSentArrivesAsItsDescription() throws NotSerializableException {
        var thrown = new HoldsAThread("broken", new Refused(7, new RuntimeException("deep")));
        thrown.addSuppressed(new IOException("also"));

        Object copy = travelled((Object) thrown);

        assertThat(copy).isInstanceOf(RemoteException.class);
        RemoteException remote = (RemoteException) copy;
        assertThat(remote)
                .hasMessage(HoldsAThread.class.getName() + ": broken")
                .hasCauseInstanceOf(Refused.class)
                .hasRootCauseMessage("deep");
        assertThat(remote.type()).isEqualTo(HoldsAThread.class.getName());
        assertThat(remote.remoteMessage()).isEqualTo("broken");
        assertThat(Arrays.toString(remote.getStackTrace())).isEqualTo(Arrays.toString(thrown.getStackTrace()));
        assertThat(remote.getSuppressed()).singleElement().isInstanceOf(IOException.class);
    }

    @Test
    void exceptionWithACauseThatCannotBeSentArrivesAsItsDescription() throws NotSerializableException {
        Object copy = travelled((Object) new Refused(7, new HoldsAThread(null, null)));
        assertThat(copy).isInstanceOf(RemoteException.class);
        assertThat(((RemoteException) copy).getCause())
                .isInstanceOf(RemoteException.class)
                .hasMessage(HoldsAThread.class.getName());
        Object jdk = travelled((Object) new IllegalStateException("x", new HoldsAThread("y", null)));
        assertThat(jdk).isInstanceOf(IllegalStateException.class);
        assertThat(((Throwable) jdk).getCause()).isInstanceOf(RemoteException.class);
    }

    @Test
    void exceptionOfAClassThatIsNotHereArrivesAsItsDescription() throws NotSerializableException {
        byte[] bytes = ValueCodec.encode(new Refused(7, new IOException("io")));
        ClassLoader other = new ClassLoader(null) {};
        Object copy = ValueCodec.decode(bytes, other);
        assertThat(copy).isInstanceOf(RemoteException.class);
        assertThat((Throwable) copy)
                .hasMessage(Refused.class.getName() + ": refused with code 7")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void exceptionsThatCauseEachOtherArrive() throws NotSerializableException {
        var one = new HoldsAThread("one", null);
        var other = new IllegalStateException("other", one);
        var first = new IllegalArgumentException("first");
        first.initCause(other);
        one.addSuppressed(first);
        assertThat(travelled((Object) first)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void remoteExceptionTravelsOn() throws NotSerializableException {
        var remote = new RemoteException("a.B", "text", new StackTraceElement[0], null);
        assertThat(travelled(remote).type()).isEqualTo("a.B");
    }

    @Test
    void exceptionsInAListArrive() throws NotSerializableException {
        var thrown = new IllegalStateException("x");
        var copy = travelled(List.of(thrown, thrown, 1));
        assertThat(copy.get(0)).isSameAs(copy.get(1));
        assertThat(copy.get(2)).isEqualTo(1);
    }
}
