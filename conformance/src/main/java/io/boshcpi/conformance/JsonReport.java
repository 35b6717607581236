package io.boshcpi.conformance;

import io.boshcpi.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells a program, in one document. */
final class JsonReport {
    private final Narration narration;

    JsonReport(Narration narration) {
        this.narration = narration;
    }

    String of(Report report) {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (Judgement judgement : report.judgements()) {
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("id", judgement.rule().id());
            rule.put("verdict", judgement.verdict().kind().name().toLowerCase(Locale.ROOT));
            rule.put("milliseconds", judgement.took().toMillis());
            rule.put("text", narration.shown(judgement.verdict().text()));
            rule.putAll(narration.of(judgement.rule(), judgement.verdict()));
            rules.add(rule);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("passed", report.passed());
        document.put("complete", report.complete());
        document.put("rules", rules);
        document.put("left_behind", report.left().stream().map(narration::shown).toList());
        return Json.write(document);
    }
}
