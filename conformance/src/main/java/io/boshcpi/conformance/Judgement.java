package io.boshcpi.conformance;

import io.boshcpi.conformance.rules.Rule;
import io.boshcpi.conformance.verdict.Verdict;
import java.time.Duration;

/** A rule and what became of it. */
record Judgement(Rule rule, Verdict verdict, Duration took) {}
