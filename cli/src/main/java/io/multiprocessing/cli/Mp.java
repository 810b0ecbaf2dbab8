package io.multiprocessing.cli;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code mp}. */
@Command(
        name = "mp",
        description = "Multiprocessing for Java: processes that share memory, from the command line.",
        footer = {
            "%nBegin with: ./mp tour, then ./mp bench value-increment --quick.",
            "./mp COMMAND --help says all of a command."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Mp.Version.class,
        subcommands = {
            TourCommand.class,
            BenchCommand.class,
            CompareCommand.class,
            ListCommand.class,
            CleanCommand.class,
            ChaosCommand.class
        })
public final class Mp implements Runnable {
    @Spec
    private CommandSpec spec;

    private Mp() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Mp()).execute(args));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Objects.requireNonNullElse(Mp.class.getPackage().getImplementationVersion(), "(unpackaged)");
            return new String[] {"mp " + version, "Java " + Runtime.version()};
        }
    }
}
