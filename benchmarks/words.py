"""The words of generated voices: codes as exports spell them, staff numbers, and what was said."""

from itertools import product

HEADER = (
    "受付番号,受付日,商品区分,声の区分,チーム,担当者,"
    "内容,改善日,改善内容,保険会社報告日,保険会社改善日\r\n"
)

LINES = ("生保", "損保", "団体")
CATEGORIES = ("感謝", "不満", "要望", "その他")

LINE_WORDS = (
    ("生保", 0, 20),
    ("損保", 1, 60),
    ("団体", 2, 8),
    ("生命保険", 0, 4),
    ("損害保険", 1, 8),
)
"""A spelling, the place of its meaning in `LINES`, and how many rows of a hundred have it."""

CATEGORY_WORDS = (
    ("感謝", 0, 80),
    ("お褒め", 0, 5),
    ("不満", 1, 9),
    ("ご不満", 1, 3),
    ("要望", 2, 2),
    ("その他", 3, 1),
)
"""The same for `CATEGORIES`."""

TEAMS = ("生保", "損保-1課", "団体", "生保", "損保-2課")
"""The team that looks after a line, in the order of `LINE_WORDS`."""

OPENINGS = ("更新の案内が", "電話の対応が", "請求の手続きが", "担当者の説明が", "書類の届くのが")
MIDDLES = ("早く", "ていねいで", "分かりやすく", "思ったより遅く", "前回と違って")
ENDINGS = ("、助かった。", "、よかった。", "、驚いた。", "、家族と話した。")
SHORT_TEXTS = tuple("".join(parts) for parts in product(OPENINGS, MIDDLES, ENDINGS))

LONG_TEXTS = 8
"""How many long cells there are."""


def long_text(number: int, length: int) -> str:
    """Return a quoted cell of about `length` characters with line breaks, commas and quotes."""
    sentences = [f'{number + 1}. 「""{SHORT_TEXTS[number]}""」, と伺った\r\n']
    while sum(map(len, sentences)) < length:
        place = (number * 13 + len(sentences) * 7) % len(SHORT_TEXTS)
        sentences.append(f"{SHORT_TEXTS[place]}\n")
    return f'"{"".join(sentences)}以上"'


def written_voices(length: int, cells: str = "usual") -> list[str]:
    """Return the columns 商品区分 to 内容, comma at the end, of every line, category and text.

    Those of line word l, category word c and text t stand at (l·C + c)·T + t, where C counts the
    category words and T the texts, the long ones last. `cells` is how they are written.
    """
    short = [f'5"{text}' if cells == "inches" else text for text in SHORT_TEXTS]
    long = [long_text(number, length) for number in range(LONG_TEXTS)]
    if cells == "unbroken":
        long = [text.replace("\r\n", "  ").replace("\n", " ") for text in long]
    quote = '"' if cells == "quoted" else ""
    texts = [*(f"{quote}{text}{quote}" for text in short), *long]
    between = f"{quote},{quote}"
    return [
        f"{quote}{line}{between}{category}{between}{TEAMS[place]}{between}"
        f"S{(text_place * 7 + place) % 40 + 1:03}{quote},{text},"
        for place, (line, _, _) in enumerate(LINE_WORDS)
        for category, _, _ in CATEGORY_WORDS
        for text_place, text in enumerate(texts)
    ]
