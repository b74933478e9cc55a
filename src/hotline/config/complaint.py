"""The one exception a command raises to tell a person, in Chinese, what is wrong."""


class Complaint(Exception):
    """命令无法继续；its text is printed without a traceback, `code` becomes the exit code."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code
