"""The tokens of a formula one after another, for the parser."""

from __future__ import annotations

from typing import Final

from xlsxeval.calc.tokens import FormulaSyntaxError, Token, tokenize

END: Final = Token("end", "", -1)
"""What comes after the last token."""


class TokenStream:
    """Tokens with a place in them; blanks are tokens too, because one may mean an intersection."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [*tokenize(text), END]
        self.place = 0

    def peek(self) -> Token:
        """The next token, which stays."""
        return self.tokens[self.place]

    def take(self) -> Token:
        """The next token; the end may be taken once, for the message that then follows."""
        token = self.tokens[self.place]
        self.place += 1
        return token

    def skip_blanks(self) -> bool:
        """Goes over blanks; False when there were none."""
        before = self.place
        while self.tokens[self.place].kind == "blank":
            self.place += 1
        return self.place > before

    def next_is(self, text: str) -> bool:
        """Takes the next token after blanks if it is this one."""
        self.skip_blanks()
        if self.peek().text != text or self.peek().kind == "text":
            return False
        self.place += 1
        return True

    def error(self, token: Token, why: str) -> FormulaSyntaxError:
        """The error to raise at a token."""
        position = len(self.text) if token is END else token.position
        return FormulaSyntaxError(self.text, position, token.text, why)

    def colon(self) -> bool:
        """Takes a colon, with blanks around it; leaves blanks alone before anything else."""
        before = self.place
        if self.next_is(":"):
            return True
        self.place = before
        return False


def why_left_over(token: Token) -> str:
    """Says what may be wrong with a token after which the formula should have ended."""
    if token.text == ")":
        return "多了一个右括号，请删除，或在前面补上左括号"
    if token.kind == "separator":
        return "分隔符只能用在函数的括号里，请检查括号是否提前结束"
    return "这里缺少运算符，请补上 + - * / & 等"
