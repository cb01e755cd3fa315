"""What customers might say: made-up sentences full of signs that trouble careless readers.

Commas, quotes, line breaks, ①, ㈱, 髙, half-width kana, and characters whose second byte in cp932
is a backslash or a bar (表, 能, ソ, ポ).
"""

from generator.chance import Chance

SAID = {
    "感謝": (
        "証券の見方を表にまとめて説明してもらえて、わかりやすかった。",
        "事故の連絡をした当日に折り返しがあり、\n最後まで同じ担当者で安心できた。",
        "「①保障の内容 ②保険料 ③公的な制度」の順に話してくれて, とても親切だった。",
        '"ありがとう"と家族からも言われた。ソフトな話し方がよかった。',
        "更新の案内が早く、比べる時間が十分にあった。",
        "㈱髙橋製作所(仮名)の総務の方より、福利厚生の相談への回答が的確だったとのこと。",
    ),
    "不満": (
        "折り返しの電話が約束の日に来なかった。\nもう一度こちらから掛けた。",
        "申込書の記入箇所が多く、表の字が小さい。",
        '案内の葉書に"至急"とあり、不安になった。',
        "担当者が替わったことを知らされていなかった, 引き継ぎも不十分。",
        "①待ち時間が長い ②説明が専門用語ばかり、の2点。",
    ),
    "要望": (
        "土曜日も窓口を開けてほしい。",
        "契約の一覧を1枚の表にして, 年に1度送ってほしい。",
        "オンラインでの面談を可能にしてほしい。\n(平日は19時以降)",
    ),
    "その他": (
        "住所変更の手続きについての問い合わせ。",
        'ﾊﾟﾝﾌﾚｯﾄの請求。\n宛名は"ご本人"で。',
    ),
}
DONE = (
    "折り返しの期限を記録し、朝礼で確認することにした。",
    "記入例を添えた案内に差し替えた。\n①生保 ②損保とも実施済み。",
    '文面から"至急"を外し, 期限の日付を書くことにした。',
    "引き継ぎ表に「挨拶の電話」の欄を追加した。",
)


def said(chance: Chance, category: str) -> str:
    """Return what the customer said."""
    return chance.pick(SAID[category])


def done(chance: Chance) -> str:
    """Return what was improved."""
    return chance.pick(DONE)
