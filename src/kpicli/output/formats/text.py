"""text: the document as plain aligned lines, for e-mail."""

from kpicli.output.interface import Answer, Format, Options

WIDTH = 78


def render(answer: Answer, options: Options) -> str:
    """Return the document as plain lines of at most `options.width` cells (78 by default).

    Names stand left, values right in one column; comparisons, targets and states follow below
    their figure, so that nothing depends on a wide window. There are no escape sequences. Only a
    value that alone is wider than the width makes a line longer.
    """
    from kpicli.output.layout.text_lines import text_lines

    lines = text_lines(answer.document(options), options.width or WIDTH)
    return "".join(f"{line.rstrip()}\n" for line in lines)


FORMAT = Format("text", "text/plain", render, (".txt",), holds_remarks=True, fits_width=True)
