package io.multiprocessing.cli.compare;

import io.multiprocessing.examples.ways.Cost;
import io.multiprocessing.examples.ways.Cost.Measure;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/**
 * The costs as a chart, an SVG of its own: a panel for each measure, a line for each way, a dot where its number lies on a
 * logarithmic scale. It follows the reader's light or dark setting.
 */
public final class Chart {
    private static final int PANEL_WIDTH = 480;
    private static final int SCALE_LEFT = 126;
    private static final int SCALE_RIGHT = PANEL_WIDTH - 76;
    private static final int HEAD = 62;
    private static final int LINE = 22;
    private static final int FOOT = 44;
    private static final int TITLE = 40;
    private static final int PANELS_A_ROW = 2;

    private final List<Cost> costs;
    private final String machine;
    private final Formatter svg = new Formatter(Locale.ROOT);

    private Chart(List<Cost> costs, String machine) {
        this.costs = costs;
        this.machine = machine;
    }

    /** @param machine where it was measured, in a few words */
    public static String svg(List<Cost> costs, String machine) {
        return new Chart(costs, machine).draw();
    }

    private String draw() {
        int width = PANELS_A_ROW * PANEL_WIDTH;
        int second = TITLE + Math.max(height(Measure.EXCHANGE), height(Measure.SMALL));
        int bottom = second + Math.max(height(Measure.LARGE), height(Measure.COUNTER));
        svg.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\"",
                width, bottom, width, bottom);
        svg.format(
                " aria-labelledby=\"title\">\n<title id=\"title\">What ways of sharing cost: %s</title>\n",
                escaped(machine));
        svg.format("%s", STYLE);
        svg.format("<rect class=\"paper\" width=\"%d\" height=\"%d\" rx=\"6\"/>\n", width, bottom);
        svg.format("<text class=\"head\" x=\"16\" y=\"26\">What ways of sharing cost</text>\n");
        svg.format(
                "<text class=\"note\" x=\"%d\" y=\"26\" text-anchor=\"end\">%s</text>\n", width - 16, escaped(machine));
        panel(Measure.EXCHANGE, 0, TITLE);
        panel(Measure.SMALL, PANEL_WIDTH, TITLE);
        panel(Measure.LARGE, 0, second);
        panel(Measure.COUNTER, PANEL_WIDTH, second);
        return svg.format("</svg>\n").toString();
    }

    private int height(Measure measure) {
        return HEAD + LINE * with(measure).size() + FOOT;
    }

    private List<Cost> with(Measure measure) {
        return costs.stream().filter(cost -> cost.of(measure).isPresent()).toList();
    }

    private void panel(Measure measure, int left, int top) {
        List<Cost> shown = with(measure);
        svg.format("<g transform=\"translate(%d %d)\">\n", left, top);
        svg.format("<text class=\"panel\" x=\"16\" y=\"24\">%s</text>\n", escaped(measure.title()));
        svg.format(
                "<text class=\"note\" x=\"16\" y=\"41\">%s</text>\n",
                measure.isLessBetter() ? "less is better" : "more is better");
        if (!shown.isEmpty()) {
            scale(measure, shown);
        }
        svg.format("</g>\n");
    }

    private void scale(Measure measure, List<Cost> shown) {
        Scale scale = Scale.around(shown.stream()
                .mapToDouble(cost -> cost.of(measure).getAsDouble())
                .toArray());
        int floor = HEAD + LINE * shown.size();
        for (int power = scale.from(); power <= scale.to(); power++) {
            double at = x(scale, Math.pow(10, power));
            svg.format(
                    "<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n", at, HEAD - 10, at, floor);
            if ((power - scale.from()) % scale.step() == 0) {
                svg.format(
                        "<text class=\"note\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
                        at, floor + 16, escaped(round(measure, power)));
            }
        }
        for (int line = 0; line < shown.size(); line++) {
            Cost cost = shown.get(line);
            double number = cost.of(measure).getAsDouble();
            double at = x(scale, number);
            int y = HEAD + LINE * line;
            svg.format(
                    "<text class=\"name\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n",
                    SCALE_LEFT - 10, y + 4, escaped(cost.way()));
            svg.format("<line class=\"stem\" x1=\"%d\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n", SCALE_LEFT, y, at, y);
            svg.format("<circle class=\"dot\" cx=\"%.1f\" cy=\"%d\" r=\"5\"/>\n", at, y);
            svg.format(
                    "<text class=\"number\" x=\"%.1f\" y=\"%d\">%s</text>\n",
                    at + 10, y + 4, escaped(told(measure, number)));
        }
    }

    /** As 1 us, without a decimal that says nothing. */
    private static String round(Measure measure, int power) {
        return told(measure, Math.pow(10, power)).replace(".0 ", " ");
    }

    private static String told(Measure measure, double number) {
        return measure.told(number).replace(" us", " µs");
    }

    private static double x(Scale scale, double number) {
        return SCALE_LEFT + scale.share(number) * (SCALE_RIGHT - SCALE_LEFT);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static final String STYLE = """
            <style>
            svg { --paper: #ffffff; --ink: #1f2328; --soft: #59636e; --grid: #d9dee4; --mark: #0b6bcb; }
            @media (prefers-color-scheme: dark) {
              svg { --paper: #0d1117; --ink: #e6edf3; --soft: #9198a1; --grid: #2c333c; --mark: #58a6ff; }
            }
            text { font: 13px system-ui, -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
            .paper { fill: var(--paper); }
            .head { fill: var(--ink); font-size: 17px; font-weight: 600; }
            .panel { fill: var(--ink); font-size: 14px; font-weight: 600; }
            .name, .number { fill: var(--ink); }
            .note { fill: var(--soft); font-size: 12px; }
            .grid { stroke: var(--grid); stroke-width: 1; }
            .stem { stroke: var(--mark); stroke-width: 2; opacity: 0.35; }
            .dot { fill: var(--mark); }
            </style>
            """;
}
