"""The analysis as `smsheets.analyze` returns it: with its frames one call away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from smsheets.analysis.result import Analysis

if TYPE_CHECKING:
    import pandas as pd


class FramedAnalysis(Analysis, frozen=True, kw_only=True):
    """An `Analysis` that gives itself as pandas frames."""

    @classmethod
    def of(cls, analysis: Analysis) -> FramedAnalysis:
        """The same analysis, with frames."""
        return cls(**msgspec.structs.asdict(analysis))

    def frames(self, language: str = "en") -> dict[str, pd.DataFrame]:
        """Tidy pandas frames: name -> frame (see `smsheets.report.frames`). `language` is that of the findings."""
        from smsheets.report.frames import make_frames

        return make_frames(self, language)
