package io.multiprocessing.cli;

import io.multiprocessing.local.connection.SocketFolders;
import io.multiprocessing.local.member.ContextFolders;
import io.multiprocessing.local.member.ContextFolders.Removed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code mp clean}: removes what dead processes have left behind. */
@Command(
        name = "clean",
        description =
                "Removes what killed processes have left behind: contexts, and sockets that were given no address. What is"
                        + " in use stays.",
        mixinStandardHelpOptions = true)
public final class CleanCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        List<Removed> removed = ContextFolders.ofUser().sweep();
        for (Removed folder : removed) {
            out.println("removed " + folder.folder() + ", " + ByteCount.text(folder.bytes()));
        }
        List<Path> sockets = sockets();
        for (Path folder : sockets) {
            out.println("removed " + folder + ", a socket's");
        }
        if (removed.isEmpty() && sockets.isEmpty()) {
            out.println("nothing to remove");
        } else if (removed.size() > 1) {
            long bytes = removed.stream().mapToLong(Removed::bytes).sum();
            out.println("removed " + removed.size() + " folders, " + ByteCount.text(bytes));
        }
        out.flush();
    }

    private static List<Path> sockets() {
        try {
            return SocketFolders.sweep(SocketFolders.usualParent());
        } catch (IOException failed) {
            throw new UncheckedIOException("can't look for sockets", failed);
        }
    }
}
