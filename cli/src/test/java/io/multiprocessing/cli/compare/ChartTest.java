package io.multiprocessing.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.multiprocessing.examples.ways.Cost;
import io.multiprocessing.examples.ways.Cost.Measure;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartTest {
    private static final List<Cost> COSTS = List.of(
            new Cost("quick", Map.of(Measure.EXCHANGE, 1_000.0, Measure.SMALL, 2e6, Measure.LARGE, 3e9)),
            new Cost("middling", Map.of(Measure.EXCHANGE, 10_000.0)),
            new Cost("slow <&\"> one", Map.of(Measure.EXCHANGE, 100_000.0, Measure.COUNTER, 5_000.0)));

    @Test
    void itIsXml_andNamesEachWayAndNumber() throws Exception {
        List<String> texts = texts(parsed(Chart.svg(COSTS, "a <machine>")));

        assertThat(texts)
                .contains("a <machine>", "quick", "middling", "slow <&\"> one")
                .contains("16 bytes there and back", "adding 1 to a shared counter", "less is better", "more is better")
                .contains("1.0 µs", "10 µs", "100 µs", "2.0 M/s", "3.0 GB/s", "5.0 µs");
    }

    @Test
    void dotsLieOnALogarithmicScale() throws Exception {
        List<Double> places = new ArrayList<>();
        for (Element dot : elements(parsed(Chart.svg(COSTS, "")), "circle")) {
            places.add(Double.valueOf(dot.getAttribute("cx")));
        }

        assertThat(places).hasSize(6);
        assertThat(places.get(1) - places.get(0)).isPositive();
        assertThat(places.get(2) - places.get(1)).isCloseTo(places.get(1) - places.get(0), within(0.2));
    }

    @Test
    void nothingLiesOutside() throws Exception {
        Document chart = parsed(Chart.svg(COSTS, ""));
        double height = Double.parseDouble(chart.getDocumentElement().getAttribute("height"));

        for (Element panel : elements(chart, "g")) {
            double top =
                    Double.parseDouble(panel.getAttribute("transform").replaceAll("translate\\(\\d+ (\\d+)\\)", "$1"));
            for (Element text : elements(panel, "text")) {
                assertThat(top + Double.parseDouble(text.getAttribute("y"))).isBetween(0.0, height - 4);
            }
        }
    }

    @Test
    void aChartOfNothingIsOne() throws Exception {
        assertThat(elements(parsed(Chart.svg(List.of(), "")), "circle")).isEmpty();
    }

    @Test
    void aScaleHoldsItsNumbers() {
        assertThat(Scale.around(3, 4_000)).isEqualTo(new Scale(0, 4));
        assertThat(Scale.around(100)).isEqualTo(new Scale(2, 3));
        assertThat(Scale.around(0.5, 100).share(10)).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(new Scale(0, 5).step()).isEqualTo(1);
        assertThat(new Scale(0, 9).step()).isEqualTo(2);
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> texts(Document document) {
        return elements(document, "text").stream().map(Element::getTextContent).toList();
    }

    private static List<Element> elements(Document document, String name) {
        return elements(document.getDocumentElement(), name);
    }

    private static List<Element> elements(Element parent, String name) {
        var found = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
