package io.boshcpi.core.resident;

import io.boshcpi.core.status.Refusal;

/**
 * Why a call is refused.
 *
 * @param reason by which refusals are counted
 * @param text what the launcher is told
 */
record Objection(Refusal reason, String text) {}
