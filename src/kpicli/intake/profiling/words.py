"""The words that headers are made of, and how alike two headers are by them."""

import re
from collections.abc import Mapping
from functools import lru_cache

from kpicli.values.folding import header_key

_CONCEPTS: Mapping[str, str] = {
    "number": "番号 ナンバー 連番 通番 採番 番 コード №: no id code number num",
    "day": "年月日 月日 日付け 日付 日時 タイムスタンプ 日: date on day datetime timestamp",
    "receive": "受け付け 受付け 受付 受電 受領 受信 受理: received receipt receive",
    "customer": "お客様 お客さま 顧客 契約者 客: customer client",
    "voice": "お申し出 申し出 申出 ご意見 意見 声: voice voices",
    "kind": "区分 種別 種類 分類 カテゴリー カテゴリ タイプ: category kind type class",
    "product": "商品: product",
    "insurance": "保険: insurance",
    "item": "種目: line",
    "shop": "店舗 拠点 支店 営業所 支社 店: shop branch office",
    "team": "チーム 部署 部門 所属 課: team department",
    "staff": "担当者 担当 職員 社員 従業員 スタッフ: staff employee",
    "solicitor": "募集人 募集者: solicitor agent",
    "person": "者 人 氏名: person",
    "content": "内容 詳細 本文 備考 メモ コメント: content detail note text description",
    "improve": "改善: improvement improved improve",
    "insurer": "保険会社 引受会社 元受: insurer",
    "report": "報告: report reported",
    "answer": "回答 返答: answer answered",
    "complete": "完了 完結 クローズ 済: completed closed finish",
    "respond": "対応 応対 処理: response handled handle",
    "share": "共有: share shared",
    "case": "案件 事案 ケース: case",
    "status": "ステータス 状態 状況 進捗: status state",
    "due": "期限 期日 締め切り 締切: due deadline",
    "inspect": "点検 検査 チェック: inspection check checked checker",
    "confirm": "確認: confirm confirmed",
    "result": "結果 判定: result outcome",
    "find": "発覚 判明 発見: found",
    "method": "方法 手段 手法 経路: method channel way",
    "scheme": "制度: scheme",
    "public": "公的: public",
    "explain": "説明: explanation explained explain",
    "reason": "理由: reason",
    "propose": "提案: proposal proposed",
    "agree": "納得 同意: agreed",
    "contract": "契約: contract contracted",
    "close": "成約:",
    "other": "別: second",
    "intent": "意向: intent",
    "navi": "ナビ: navi",
    "meeting": "会議体 会議 ミーティング: meeting",
    "hold": "開催: held",
    "do": "実施 実行: done",
    "training": "研修 教育: training session",
    "theme": "テーマ 題目: theme",
    "name": "名称 名前 名: name title",
    "form": "形式 形態: form",
    "attend": "受講 参加 出席: attended",
    "attempt": "回次 回数 回目 回: attempt",
    "score": "点数 得点 スコア 点: score points",
    "pass": "合否: pass passed",
    "exam": "受験 試験: taken exam",
    "qualification": "資格: qualification licence",
    "subject": "科目: subject",
    "record": "記録 レコード: record",
    "sheet": "シート: sheet",
    "policy": "証券: policy",
    "send": "発送 送付 送信: sent send",
    "before": "事前 前: before",
    "talk": "対話 会話: talk talked",
    "renew": "継続 更新 更改: renewed renewal",
    "register": "登録 作成 起票: registered created register",
    "enter": "入力: entered",
    "join": "入社 在籍開始: joined",
    "leave": "退社 退職 在籍終了: left",
    "start": "開始 始期: started begins start",
    "end": "消滅 終期 終了: ended end",
    "mature": "満期: matures",
    "plan": "予定: plan planned",
    "premium": "保険料: premium",
    "age": "年齢: age",
    "defect": "不備: defect",
    "follow": "フォロー: follow",
    "satisfy": "満足度 満足: satisfaction satisfied",
    "recommend": "推奨度 推奨 おすすめ度 おすすめ お勧め お薦め 勧め 薦め: recommend nps",
    "overall": "総合的 総合 全体的 全体: overall",
}
"""Concepts, each with its words in Japanese and, behind the colon, in English."""
RECORD_NUMBER = "レコード番号"
"""The number that kintone gives every record."""
KINTONE_FIELDS = frozenset(
    (RECORD_NUMBER, "更新者", "作成者", "更新日時", "作成日時", "レコードの開始行")
)
"""What kintone adds to whatever it writes."""
_SALESFORCE_FIELDS = frozenset(
    ("Id", "Name", "OwnerId", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById")
)
_CASE_NUMBERS = frozenset({"CaseNumber", "ケース番号"})
_CASE_FIELDS: Mapping[str, str] = {
    **dict.fromkeys(_CASE_NUMBERS, "受付番号"),
    "Date/TimeOpened": "受付日",
    "オープン日時": "受付日",
    "オープン日": "受付日",
    "Date/TimeClosed": "完了日",
    "ClosedDate": "完了日",
    "クローズ日時": "完了日",
    "クローズ日": "完了日",
    "Subject": "内容",
    "件名": "内容",
    "状況": "ステータス",
    "CaseOwner": "担当者",
    "ケース所有者": "担当者",
}
"""What Salesforce calls the fields of a case, by header key, and what other programs call them."""
_GENERAL = frozenset({"number", "day", "kind", "name", "person", "content", "result", "method"})
_GENERAL_WEIGHT = 0.6
_PARTICLES = "のをにはがとへで"
_ENDINGS = ("した", "する", "して", "お", "ご")
_UNLIKE_BY_LETTER = 0.93
"""How alike headers are at most that are made of the same words, but not of the same letters."""
_OF_PEOPLE = frozenset({"number", "name"})
_PEOPLE = frozenset({"staff", "solicitor", "person", "customer"})
_BRACKETS = re.compile(r"[(\[【〔「{<][^)\]】〕」}>]*[)\]】〕」}>]")
_DECORATION = re.compile(r"^[^\w]+|[^\w]+$|__c$")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_BORDER = re.compile(r"[_./:・|]")
_QUESTION = re.compile(r".{6,}(?:か|ください|下さい)", re.DOTALL)
_ASKED = 0.7
"""How well a question fits a header all of whose words stand in it, and for each word besides."""
_ASKED_WORD = 0.03


def _spellings() -> Mapping[str, str]:
    spelled: dict[str, str] = {}
    for concept, words in _CONCEPTS.items():
        for word in words.replace(":", " ").split():
            spelled[word] = concept
    return spelled


_SPELLED = _spellings()
_JAPANESE = sorted((word for word in _SPELLED if not word.isascii()), key=len, reverse=True)


@lru_cache(maxsize=1 << 16)
def likeness(header: str, other: str) -> float:
    """Return how alike two headers are, from 0 to 1; 1 where they are one to the loaders."""
    if header_key(header) == header_key(other):
        return 1.0
    bare, wanted = _bare(header), _bare(other)
    if bare and bare == wanted:
        return 0.97
    usual = _CASE_FIELDS.get(header_key(header))
    if usual is not None:
        return min(max(likeness(usual, other), _by_words(bare, wanted)), _UNLIKE_BY_LETTER)
    if is_question(header):
        return _by_question(bare, wanted)
    ends = _BORDER.split(bare)
    best = max(_by_words(part, wanted) for part in {bare, ends[-1], *ends[:1]})
    return min(best, _UNLIKE_BY_LETTER)


def is_question(header: str) -> bool:
    """Return whether a header is a whole question, as forms have them."""
    return _QUESTION.fullmatch(_bare(header)) is not None


def _by_question(question: str, wanted: str) -> float:
    """Return how well a question fits a header: well where it speaks of all that the header does.

    What a question says besides is of no weight. Headers of general words alone, such as 区分 and
    内容, fit none.
    """
    asked, theirs = set(_concepts(question)), set(_concepts(wanted))
    if not theirs <= asked or theirs <= _GENERAL:
        return 0.0
    return _ASKED + _ASKED_WORD * len(theirs)


def is_system(header: str) -> bool:
    """Return whether a program adds a column of that header to whatever it writes."""
    key = header_key(header)
    return key in KINTONE_FIELDS or key in _SALESFORCE_FIELDS


def is_case_number(header: str) -> bool:
    """Return whether a header is that of the number which Salesforce gives every case."""
    return header_key(header) in _CASE_NUMBERS


def is_record_number(header: str) -> bool:
    """Return whether a header is that of the number which kintone gives every record."""
    return header_key(header) == RECORD_NUMBER


def names_people(header: str) -> bool:
    """Return whether a header is of people: staff, customers, whoever received something.

    What follows such a word makes it another one: お客様番号 is of people, お客様の声 is not.
    """
    named = list(_concepts(_BORDER.split(_bare(header))[-1]))
    while len(named) > 1 and named[-1] in _OF_PEOPLE:
        named.pop()
    return bool(named) and named[-1] in _PEOPLE


def is_of_known_words(header: str) -> bool:
    """Return whether a header is made of words that headers are made of, and of nothing else."""
    named = _concepts(_bare(header))
    return bool(named) and all(concept in _CONCEPTS for concept in named)


def concepts(header: str) -> frozenset[str]:
    """Return what a header speaks of."""
    return frozenset(_concepts(_bare(header)))


@lru_cache(maxsize=1 << 12)
def _bare(header: str) -> str:
    """Return a header without brackets, marks around it and the endings of field names."""
    bare = _BRACKETS.sub("", header_key(header))
    while (less := _DECORATION.sub("", bare)) != bare:
        bare = less
    return bare or header_key(header)


def _by_words(one: str, other: str) -> float:
    mine, theirs = _concepts(one), _concepts(other)
    total = sum(map(_weight, mine)) + sum(map(_weight, theirs))
    if not total:
        return 0.0
    return 2 * sum(map(_weight, set(mine) & set(theirs))) / total


def _weight(concept: str) -> float:
    return _GENERAL_WEIGHT if concept in _GENERAL else 1.0


@lru_cache(maxsize=1 << 12)
def _concepts(bare: str) -> tuple[str, ...]:
    """Return the concepts of a header, each once, and the pieces that stand for none of them."""
    named: dict[str, None] = {}
    rest = bare
    while rest:
        word = next((word for word in _JAPANESE if rest.startswith(word)), None)
        if word is not None:
            named[_SPELLED[word]] = None
            rest = rest[len(word) :]
            continue
        ending = next((end for end in _ENDINGS if rest.startswith(end)), None)
        if ending is not None or rest[0] in _PARTICLES:
            rest = rest[len(ending or rest[0]) :]
            continue
        latin = _CAMEL.match(rest)
        piece = latin[0] if latin else rest[0]
        if latin is not None or piece.isalnum():
            named[_SPELLED.get(piece.lower(), piece.lower())] = None
        rest = rest[len(piece) :]
    return tuple(named)
