"""The answer that every contender gives: how many voices per line and category."""

import json
from collections.abc import Mapping

from benchmarks.words import CATEGORIES, CATEGORY_WORDS, LINE_WORDS, LINES

Answer = dict[str, dict[str, int]]
"""Counts by line, then by category, in the words of the catalogue; a count of zero is left out."""

LINE_OF = {word: LINES[place] for word, place, _ in LINE_WORDS}
CATEGORY_OF = {word: CATEGORIES[place] for word, place, _ in CATEGORY_WORDS}


def merged(counts: Mapping[tuple[str, str], int]) -> Answer:
    """Return counts by spelled line and category with the spellings of one meaning added up."""
    answer: Answer = {}
    for (line, category), count in counts.items():
        if count:
            group = answer.setdefault(LINE_OF[line], {})
            meaning = CATEGORY_OF[category]
            group[meaning] = group.get(meaning, 0) + count
    return answer


def from_list(output: bytes) -> Answer:
    """Read what a script prints: a JSON list of [line, category, count], spellings as they are."""
    counts: dict[tuple[str, str], int] = {}
    for line, category, count in json.loads(output):
        counts[line, category] = counts.get((line, category), 0) + int(count)
    return merged(counts)


def from_csv(output: bytes) -> Answer:
    """Read lines of `line,category,count` below a header, as Miller and csvkit print them."""
    rows = [line.split(",") for line in output.decode().split()[1:]]
    return from_list(json.dumps(rows).encode())


def from_kpicli(output: bytes) -> Answer:
    """Read the JSON of `kpicli summarize --kpi voices --by line`."""
    groups = json.loads(output)["kpis"][0]["figures"]["groups"]
    return {
        group["group"]: {
            part["item"]: part["value"]
            for part in group["parts"]
            if part["part"] == "category" and part["value"]
        }
        for group in groups
    }
