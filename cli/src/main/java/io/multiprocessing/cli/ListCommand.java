package io.multiprocessing.cli;

import io.multiprocessing.local.LivingContext;
import io.multiprocessing.local.member.Member;
import io.multiprocessing.local.object.ObjectCensus;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code mp ls}: who shares what on this machine. It joins nothing and changes nothing. */
@Command(
        name = "ls",
        description = "Lists the living contexts of this user, their processes and their objects.",
        mixinStandardHelpOptions = true)
public final class ListCommand implements Runnable {
    private static final DateTimeFormatter DATE_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    @Option(names = "--json", description = "Writes a JSON array instead, an object for each context.")
    private boolean isJson;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        List<LivingContext> contexts = LivingContext.all();
        if (isJson) {
            out.println(Json.of(contexts.stream().map(ListCommand::json).toList()));
        } else if (contexts.isEmpty()) {
            out.println("no living contexts");
        } else {
            contexts.forEach(context -> print(context, out));
        }
        out.flush();
    }

    private static void print(LivingContext context, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s  made %s, %s%n",
                context.name().orElse(context.id()),
                DATE_AND_TIME.format(context.created()),
                ByteCount.text(context.bytes()));
        for (Member member : context.members()) {
            out.printf(
                    Locale.ROOT,
                    "  process  %7d  %s%s, since %s%s%n",
                    member.pid(),
                    member.name(),
                    member.isDaemon() ? ", daemon" : "",
                    DATE_AND_TIME.format(member.joined()),
                    ofParent(member, context));
        }
        for (ObjectCensus.Count count : context.objects()) {
            out.printf(
                    Locale.ROOT,
                    "  objects  %7d  %s, %s%n",
                    count.objects(),
                    count.kind(),
                    ByteCount.text(count.bytes()));
        }
        context.blocks()
                .forEach((name, bytes) ->
                        out.printf(Locale.ROOT, "  memory            %s, %s%n", name, ByteCount.text(bytes)));
        context.named().forEach((name, kind) -> out.printf("  named             %s: %s%n", name, kind));
    }

    private static String ofParent(Member member, LivingContext context) {
        Member parent = parent(member, context);
        if (parent != null) {
            return ", started by " + parent.pid();
        }
        return member.parent() == 0 ? "" : ", started by a process that is gone";
    }

    private static @Nullable Member parent(Member member, LivingContext context) {
        return context.members().stream()
                .filter(other -> member.parent() != 0 && other.owner() == member.parent())
                .findFirst()
                .orElse(null);
    }

    private static Map<String, @Nullable Object> json(LivingContext context) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", context.id());
        json.put("name", context.name().orElse(null));
        json.put("created", context.created());
        json.put("bytes", context.bytes());
        json.put(
                "members",
                context.members().stream().map(member -> json(member, context)).toList());
        json.put("objects", context.objects().stream().map(ListCommand::json).toList());
        json.put("memory", context.blocks());
        json.put("named", context.named());
        return json;
    }

    private static Map<String, @Nullable Object> json(ObjectCensus.Count count) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", count.kind());
        json.put("number", count.objects());
        json.put("bytes", count.bytes());
        return json;
    }

    private static Map<String, @Nullable Object> json(Member member, LivingContext context) {
        Member parent = parent(member, context);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("pid", member.pid());
        json.put("name", member.name());
        json.put("daemon", member.isDaemon());
        json.put("parent", parent == null ? null : parent.pid());
        json.put("since", member.joined());
        return json;
    }
}
