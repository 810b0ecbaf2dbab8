package io.multiprocessing.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedClassesTest {
    @TempDir
    Path folder;

    @Test
    void onlyThoseOfTheClassPathCount_ofAllListsTogether() throws Exception {
        Path one = Files.writeString(folder.resolve("one"), """
                java.lang.Object source: shared objects file
                app.Main source: file:/tmp/app.jar
                app.Main$$Lambda/0x0000000081000a68 source: app.Main
                java.util.Timer source: jrt:/java.base
                """);
        Path other = Files.writeString(folder.resolve("other"), """
                app.Part source: file:/tmp/app.jar
                app.Main source: file:/tmp/app.jar
                app.Cu""");
        assertThat(LoadedClasses.names(List.of(one, other))).containsExactly("app.Main", "app.Part");
    }

    @Test
    void theListsOfACache_areItsOwn_andCompleteWhenTheirWritersHaveEnded() throws Exception {
        var loaded = new LoadedClasses(folder.resolve("abc-program.aot"));
        assertThat(loaded.lists()).isEmpty();
        assertThat(loaded.option()).contains("\"" + folder.resolve(".abc-program.aot-%p.classes") + "\"");
        Path own = Files.createFile(
                folder.resolve(".abc-program.aot-" + ProcessHandle.current().pid() + ".classes"));
        Path ended = Files.createFile(folder.resolve(".abc-program.aot-" + Integer.MAX_VALUE + ".classes"));
        Files.createFile(folder.resolve(".other-program.aot-" + Integer.MAX_VALUE + ".classes"));
        assertThat(loaded.lists()).containsExactlyInAnyOrder(own, ended);
        assertThat(LoadedClasses.isComplete(own)).isFalse();
        assertThat(LoadedClasses.isComplete(ended)).isTrue();
    }
}
