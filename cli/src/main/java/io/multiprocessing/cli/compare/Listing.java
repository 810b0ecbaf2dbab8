package io.multiprocessing.cli.compare;

import io.multiprocessing.examples.ways.Cost;
import io.multiprocessing.examples.ways.Cost.Measure;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** The costs as lines of text, and as a page. */
public final class Listing {
    private static final int WAY_WIDTH = 16;
    private static final String ABSENT = "–";

    private Listing() {}

    public static String header() {
        return line("way", Arrays.stream(Measure.values()).map(Measure::title).toList());
    }

    public static String row(Cost cost) {
        return line(cost.way(), cells(cost));
    }

    /** A page that needs nothing else: the chart, and the same as a table. */
    public static String html(List<Cost> costs, String machine) {
        String rows = costs.stream()
                .map(cost -> "<tr><th>" + Chart.escaped(cost.way()) + "</th>" + tds(cells(cost)) + "</tr>")
                .collect(Collectors.joining("\n"));
        String heads = Arrays.stream(Measure.values())
                .map(measure -> "<th>" + Chart.escaped(measure.title()) + "</th>")
                .collect(Collectors.joining());
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>What ways of sharing cost</title>
                <style>
                :root { color-scheme: light dark; }
                body { font: 15px system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
                body > svg { width: 100%%; height: auto; }
                table { border-collapse: collapse; margin-top: 1.5rem; }
                th, td { text-align: right; padding: 0.3rem 0.9rem; border-bottom: 1px solid #8885; }
                th:first-child { text-align: left; }
                </style>
                </head>
                <body>
                %s<table>
                <thead><tr><th>way</th>%s</tr></thead>
                <tbody>
                %s
                </tbody>
                </table>
                </body>
                </html>
                """.formatted(Chart.svg(costs, machine), heads, rows);
    }

    private static String tds(List<String> cells) {
        return cells.stream()
                .map(cell -> "<td>" + Chart.escaped(cell) + "</td>")
                .collect(Collectors.joining());
    }

    private static List<String> cells(Cost cost) {
        return Arrays.stream(Measure.values())
                .map(measure -> cost.of(measure).isPresent()
                        ? measure.told(cost.of(measure).getAsDouble())
                        : ABSENT)
                .toList();
    }

    private static String line(String way, List<String> cells) {
        var line = new StringBuilder(pad(way, -WAY_WIDTH));
        Iterator<String> cell = cells.iterator();
        for (Measure measure : Measure.values()) {
            line.append("  ").append(pad(cell.next(), measure.title().length()));
        }
        return line.toString().stripTrailing();
    }

    /** To the right of its column, or with a negative width to the left. */
    private static String pad(String text, int width) {
        return String.format("%" + width + "s", text);
    }
}
