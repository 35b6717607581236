"""Writes what was measured: a table into docs/performance.md, and a plot beside it."""

import html
import os
import re

BEGIN = "<!-- {}: written by benchmarks/run -->\n"
END = "<!-- end of {} -->\n"


class Row:
    """One figure, with what it is compared to and what it ought to be."""

    def __init__(self, title, value, unit, ratio=None, target=None, met=None, note=""):
        self.title = title
        self.value = value
        self.unit = unit
        self.ratio = ratio
        self.target = target
        self.met = met
        self.note = note

    def cells(self):
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        verdict = {None: "", True: "yes", False: "no"}[self.met]
        return [self.title, f"{amount(self.value)} {self.unit}".strip(), ratio, self.target or "", verdict, self.note]


def amount(value):
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f}"


def table(rows):
    lines = ["| What | Median | Ratio | Target | Met | Spread (quartiles) |", "| --- | --: | --: | --- | --- | --- |"]
    lines += ["| " + " | ".join(row.cells()) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def write(document, part, measured):
    with open(document, encoding="utf-8") as file:
        text = file.read()
    begin, end = BEGIN.format(part), END.format(part)
    pattern = re.escape(begin) + ".*" + re.escape(end)
    with open(document, "w", encoding="utf-8") as file:
        file.write(re.sub(pattern, lambda _: begin + measured + end, text, flags=re.S))


def plot(path, title, bars):
    """Horizontal bars: (label, milliseconds, low, high, colour)."""
    left, width, height, gap = 250, 430, 22, 10
    most = max(high for _, _, _, high, _ in bars)
    total = 50 + len(bars) * (height + gap)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 90}" height="{total}" '
        'font-family="sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="10" y="22" font-size="15">{html.escape(title)}</text>',
    ]
    for index, (label, value, low, high, colour) in enumerate(bars):
        y = 40 + index * (height + gap)
        middle = y + height / 2

        def x(millis):
            return left + width * millis / most

        parts += [
            f'<text x="{left - 10}" y="{middle + 4}" text-anchor="end">{html.escape(label)}</text>',
            f'<rect x="{left}" y="{y}" width="{x(value) - left:.1f}" height="{height}" fill="{colour}"/>',
            f'<line x1="{x(low):.1f}" x2="{x(high):.1f}" y1="{middle}" y2="{middle}" stroke="#333333"/>',
            f'<text x="{x(max(value, high)) + 6:.1f}" y="{middle + 4}">{value:.1f} ms</text>',
        ]
    parts.append("</svg>\n")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(parts))


def machine():
    """What the figures were measured on, in two lines."""
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    one, five, _ = os.getloadavg()
    return f"{len(models)} × {models[0] if models else 'unknown processor'}, load {one:.1f} (1 min) and {five:.1f} (5 min) before the run"
