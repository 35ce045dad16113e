"""The encoders that we know by name: the embedded one, and some that can be had online."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from aligner.encode.embedded import EMBEDDED_NAME

__all__ = ["EncoderInfo", "available_encoders", "prompt_of"]


@dataclass(frozen=True, slots=True)
class EncoderInfo:
    """`dimension` is the length of a vector, `size_mb` what the weights take on disk, in 10⁶ bytes.

    `prompt` is put before every text; `is_embedded` says that nothing has to be downloaded.
    """

    name: str
    dimension: int
    size_mb: int
    licence: str
    description: str
    prompt: str = ""
    is_embedded: bool = False

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


# Aligning is a symmetric task, for which the e5 model cards ask for "query: " on both sides. e5-small is the
# exception because we could measure it: without the prefix it makes a third of the margin retrieval errors on
# X-WMT (benchmarks/encoder.py --base).
_ENCODERS = (
    EncoderInfo(
        EMBEDDED_NAME, 384, 44, "MIT", "comes with Qostil, for Kazakh and Russian; the default", is_embedded=True
    ),
    EncoderInfo("sentence-transformers/LaBSE", 768, 1_880, "Apache-2.0", "109 languages, trained on translation pairs"),
    EncoderInfo("BAAI/bge-m3", 1_024, 2_270, "MIT", "more than 100 languages, texts of up to 8,192 tokens"),
    EncoderInfo("intfloat/multilingual-e5-small", 384, 471, "MIT", "what the embedded encoder is made from"),
    EncoderInfo("intfloat/multilingual-e5-base", 768, 1_110, "MIT", "100 languages, the middle size", "query: "),
    EncoderInfo("intfloat/multilingual-e5-large", 1_024, 2_240, "MIT", "100 languages, the large size", "query: "),
)


def available_encoders() -> tuple[EncoderInfo, ...]:
    """The embedded encoder first, then some that sentence-transformers downloads by name.

    Sizes, dimensions and licences of the others are those of their model cards on https://huggingface.co.
    """
    return _ENCODERS


def prompt_of(name: str) -> str | None:
    """What the encoder `name` wants before every text, or None where its own configuration is to decide."""
    for encoder in _ENCODERS:
        if encoder.name == name:
            return encoder.prompt
    return None
