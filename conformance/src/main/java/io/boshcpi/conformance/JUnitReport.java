package io.boshcpi.conformance;

import io.boshcpi.conformance.verdict.Verdict;
import io.boshcpi.conformance.verdict.Verdict.Kind;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Tells a build server, in JUnit's XML: one test case for each rule. */
final class JUnitReport {
    private final Narration narration;

    JUnitReport(Narration narration) {
        this.narration = narration;
    }

    void write(Report report, Path file) throws IOException {
        try (Writer text = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "CPI conformance");
            xml.writeAttribute("tests", String.valueOf(report.judgements().size()));
            xml.writeAttribute("failures", String.valueOf(report.count(Kind.FAILED)));
            xml.writeAttribute("errors", String.valueOf(report.count(Kind.NOT_JUDGED)));
            xml.writeAttribute("skipped", String.valueOf(report.count(Kind.NOT_OFFERED) + report.count(Kind.NOT_RUN)));
            for (Judgement judgement : report.judgements()) {
                write(xml, judgement);
            }
            if (!report.left().isEmpty()) {
                xml.writeStartElement("system-err");
                xml.writeCharacters(narration.shown("Left behind:\n" + String.join("\n", report.left())));
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private void write(XMLStreamWriter xml, Judgement judgement) throws XMLStreamException {
        Verdict verdict = judgement.verdict();
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "conformance." + judgement.rule().group());
        xml.writeAttribute("name", judgement.rule().id());
        xml.writeAttribute(
                "time", String.format(Locale.ROOT, "%.3f", judgement.took().toMillis() / 1000.0));
        String element = switch (verdict.kind()) {
            case PASSED -> "";
            case FAILED -> "failure";
            case NOT_JUDGED -> "error";
            case NOT_OFFERED, NOT_RUN -> "skipped";
        };
        if (!element.isEmpty()) {
            xml.writeStartElement(element);
            xml.writeAttribute("message", narration.shown(verdict.text()));
            StringBuilder details = new StringBuilder();
            for (Map.Entry<String, String> part :
                    narration.of(judgement.rule(), verdict).entrySet()) {
                details.append(part.getKey())
                        .append(": ")
                        .append(part.getValue())
                        .append('\n');
            }
            xml.writeCharacters(details.toString());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
}
