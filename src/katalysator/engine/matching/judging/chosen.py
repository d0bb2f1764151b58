"""Which judge reads the best pairs again: a choice in one line of text."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from katalysator.engine.matching.judging.chat import ChatJudge
from katalysator.engine.matching.judging.cross_encoder import CrossEncoderJudge
from katalysator.engine.matching.judging.judgement import Judge
from katalysator.engine.text import NO_MODEL, ModelChoice


@dataclass(frozen=True, slots=True)
class JudgeChoice(ModelChoice):
    """A judge by its name: `none`, the folder or name of a cross-encoder, or the address of a language model."""

    spec: str = NO_MODEL

    def load(self) -> Judge | None:
        """The judge, loaded once in a process; None where none is chosen.

        Raises
        ------
        ModelFault
            Where it is not there, or cannot be loaded.

        """
        return _loaded(self)


@cache
def _loaded(choice: JudgeChoice) -> Judge | None:
    if not choice:
        return None
    if service := choice.keyed_service:
        return ChatJudge(service)
    return CrossEncoderJudge(str(Path(choice.spec).expanduser()))
