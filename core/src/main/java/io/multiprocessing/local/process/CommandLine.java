package io.multiprocessing.local.process;

import io.multiprocessing.ProcessStartException;
import io.multiprocessing.local.member.ContextFolders;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The command by which a child JVM is started: this one's java, class path and modules. */
final class CommandLine {
    /**
     * What makes a JVM start fast and leave nothing behind. They come first, so that what is inherited and what the user
     * gives wins. docs/decisions says what each was measured to bring.
     */
    private static final List<String> LEAN = List.of(
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            // Prepared classes stay where they were made, in pages that all JVMs share.
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            // To compile this one method of the JDK, which linking native functions makes hot, takes 7 MB that stay.
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=CompileThresholdScaling,"
                    + "jdk.internal.classfile.impl.StackMapGenerator::processBlock,100.0");

    private static final List<String> COLLECTORS =
            List.of("-XX:+UseG1GC", "-XX:+UseParallelGC", "-XX:+UseZGC", "-XX:+UseShenandoahGC", "-XX:+UseEpsilonGC");

    /** A JVM reads more options from these. */
    private static final List<String> OPTION_VARIABLES =
            List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

    /** To find it out takes longer than to look whether it is there, which is done for each start. */
    private static final ClassValue<@Nullable Path> LOCATIONS = new ClassValue<>() {
        @Override
        protected @Nullable Path computeValue(Class<?> type) {
            return location(type);
        }
    };

    private CommandLine() {}

    /** @param environment the child's */
    static List<String> of(
            Class<?> bootstrap, List<String> ownOptions, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java());
        for (String option : LEAN) {
            if (!option.equals("-XX:+UseSerialGC") || !choosesCollector(ownOptions, environment)) {
                command.add(option);
            }
        }
        command.addAll(AotOptions.of(bootstrap, JvmOptions.inherited(), ownOptions));
        command.addAll(JvmOptions.inherited());
        String folder = ContextFolders.option();
        if (folder != null) {
            command.add(folder);
        }
        addPaths(command, bootstrap);
        command.addAll(ownOptions);
        if (bootstrap.getModule().isNamed()) {
            command.add("-m");
            command.add(bootstrap.getModule().getName() + "/" + bootstrap.getName());
        } else {
            command.add(bootstrap.getName());
        }
        command.addAll(arguments);
        return command;
    }

    /** Two collectors are one too many for a JVM. */
    private static boolean choosesCollector(List<String> ownOptions, Map<String, String> environment) {
        for (String collector : COLLECTORS) {
            if (ownOptions.contains(collector)) {
                return true;
            }
            for (String variable : OPTION_VARIABLES) {
                String options = environment.get(variable);
                if (options != null && options.contains(collector)) {
                    return true;
                }
            }
        }
        return false;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** @throws ProcessStartException if the jar or folder of a class that a child needs is gone */
    static void requireClassPath(Class<?> needed) {
        Path location = LOCATIONS.get(needed);
        if (location != null && !location.toFile().exists()) {
            throw new ProcessStartException(
                    "a process can't be started: " + location + " was on the class path of this process and is gone");
        }
    }

    /** The jar or folder that a class came from; null if it came from elsewhere. */
    static @Nullable Path location(Class<?> type) {
        var source = type.getProtectionDomain().getCodeSource();
        try {
            return source == null || !"file".equals(source.getLocation().getProtocol())
                    ? null
                    : Path.of(source.getLocation().toURI());
        } catch (URISyntaxException unusual) {
            return null;
        }
    }

    private static void addPaths(List<String> command, Class<?> bootstrap) {
        String classPath = classPath();
        if (!classPath.isEmpty()) {
            // The library's jar first, as the cache of prepared classes was trained; it holds nothing of the user's.
            Path jar = AotCache.jar(bootstrap);
            command.add("-cp");
            command.add((jar == null ? "" : jar + File.pathSeparator) + classPath);
        }
        String modulePath = System.getProperty("jdk.module.path", "");
        if (!modulePath.isEmpty()) {
            command.add("-p");
            command.add(absolute(modulePath));
            command.add("--add-modules");
            command.add(String.join(",", modulesOfTheUser()));
        }
        command.add("--enable-native-access="
                + (bootstrap.getModule().isNamed() ? bootstrap.getModule().getName() : "ALL-UNNAMED"));
    }

    /** That of this program, for processes that run in any directory. */
    static String classPath() {
        String classPath = System.getProperty("java.class.path", "");
        return classPath.isEmpty() ? "" : absolute(classPath);
    }

    private static String absolute(String path) {
        List<String> entries = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator, -1)) {
            entries.add(new File(entry).getAbsolutePath());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static Set<String> modulesOfTheUser() {
        Set<String> modules = new TreeSet<>();
        for (Module module : ModuleLayer.boot().modules()) {
            var location = module.getLayer().configuration().findModule(module.getName());
            location.flatMap(resolved -> resolved.reference().location())
                    .filter(where -> !"jrt".equals(where.getScheme()))
                    .ifPresent(where -> modules.add(module.getName()));
        }
        return modules;
    }
}
