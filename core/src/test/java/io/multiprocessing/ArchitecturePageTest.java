package io.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the list of packages in docs/architecture.md to the code, as {@link ArchitectureTest} holds the code to it. */
class ArchitecturePageTest {
    private static final Path PAGE = Path.of("..", "docs", "architecture.md");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern LIST = Pattern.compile("## Packages of `core`.*?```\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAMES = Pattern.compile("^[a-z]\\S*( \\| \\S+)*", Pattern.MULTILINE);

    @Test
    void everyPackageIsInTheList_andNoOther() throws Exception {
        var list = LIST.matcher(Files.readString(PAGE));
        assertThat(list.find()).isTrue();
        Set<String> listed = NAMES.matcher(list.group(1))
                .results()
                .map(MatchResult::group)
                .flatMap(names -> Stream.of(names.split(" \\| ")))
                .map(name -> name.startsWith("io.") ? name : "io.multiprocessing." + name)
                .collect(Collectors.toSet());
        Set<String> packages;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            packages = files.filter(file -> file.endsWith("package-info.java"))
                    .map(file -> SOURCES.relativize(file.getParent()).toString().replace('/', '.'))
                    .collect(Collectors.toSet());
        }
        packages.remove("io.multiprocessing.spi"); // stands beside the API, in its line
        assertThat(listed).isEqualTo(packages);
    }
}
