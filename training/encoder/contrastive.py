"""What the encoder is trained to: translations found among near-misses, joined texts the sum of their parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.encoder.batches import ANCHOR, JOINED, PART, WHOLE

__all__ = ["TranslationLoss"]

_FAR = -1e4
_SLICE = 16
_STEP = 16


class TranslationLoss(nn.Module):
    """Symmetric in-batch contrastive loss with a queue, a tie to the teacher, and the composed vectors.

    Contrastive: InfoNCE both ways with same-language negatives too (Li et al. 2023, https://arxiv.org/abs/2308.03281),
    so that a language has no corner of its own, and with the anchors of earlier batches in a queue (Wang et al. 2020,
    https://arxiv.org/abs/1912.06798). A negative that the teacher finds more like the anchor than its own
    translation counts as an unmarked translation and is left out (Solatorio 2024, https://arxiv.org/abs/2402.16829).
    Distillation: the cosines among the texts of one language stay as the teacher has them.
    Composition: the length-weighted sum of the parts points where the vector of the joined text does.
    Imitation: each anchor's vectors are the teacher's own; for a smaller model of a trained one.

    `teacher`: float32 `[anchors, d]` for Kazakh and for Russian, unit length, centred.
    The labels of a batch are int64 `[rows, 6]`: pair, kind, group, role, letters of the Kazakh and Russian text.
    """

    def __init__(
        self,
        model: nn.Module,
        teacher: tuple[NDArray[np.float32], NDArray[np.float32]],
        scale: float,
        distillation: float,
        composition: float,
        imitation: float,
        queue: int,
    ) -> None:
        super().__init__()
        self.model = model
        self._teacher = tuple(torch.from_numpy(side) for side in teacher)
        self._scale, self._distillation, self._composition = scale, distillation, composition
        self._imitation = imitation
        self._queue_size = queue
        self._queue: tuple[Tensor, Tensor, Tensor] | None = None

    def forward(self, sentence_features: Iterable[dict[str, Tensor]], labels: Tensor) -> dict[str, Tensor]:
        kk, ru = (self._encoded(features) for features in sentence_features)
        pairs, kinds, groups, roles = labels[:, :4].T
        anchors = torch.nonzero(kinds == ANCHOR)[:, 0]
        teachers = [side[pairs[anchors]] for side in self._teacher]
        losses = {
            "contrastive": self._contrastive(kk, ru, anchors, pairs, groups, teachers),
            "distillation": self._distillation
            * sum(
                ((side[anchors] @ side[anchors].T - teacher @ teacher.T) ** 2).mean()
                for side, teacher in zip((kk, ru), teachers, strict=True)
            ),
            "composition": self._composition
            * (_composed(kk, groups, roles, labels[:, 4]) + _composed(ru, groups, roles, labels[:, 5])),
            "imitation": self._imitation
            * sum(
                (1 - (side[anchors] * teacher).sum(dim=1)).mean()
                for side, teacher in zip((kk, ru), teachers, strict=True)
            ),
        }
        self._remember(kk[anchors].detach(), ru[anchors].detach(), pairs[anchors])
        return losses

    def _encoded(self, features: dict[str, Tensor]) -> Tensor:
        """The unit vectors of a batch, made in slices of like length: most of a padded batch would be padding."""
        lengths = features["attention_mask"].sum(dim=1)
        order = torch.argsort(lengths)
        made = []
        for places in order.split(_SLICE):
            # oneDNN compiles a kernel for each new shape, so there must not be many.
            longest = -(-int(lengths[places].max()) // _STEP) * _STEP
            part = {name: _cut(features[name][places], longest) for name in ("input_ids", "attention_mask")}
            made.append(self.model(part)["sentence_embedding"].float())
        return functional.normalize(torch.cat(made), dim=1)[torch.argsort(order)]

    def _contrastive(
        self, kk: Tensor, ru: Tensor, anchors: Tensor, pairs: Tensor, groups: Tensor, teachers: list[Tensor]
    ) -> Tensor:
        count, own = len(anchors), torch.arange(len(anchors))
        truth = (teachers[0] * teachers[1]).sum(dim=1, keepdim=True)
        same_group = (groups[anchors][:, None] == groups[None, :]) & (groups[None, :] >= 0)
        itself = anchors[:, None] == torch.arange(len(kk))[None, :]
        total = torch.zeros(())
        for one, other, teacher, other_teacher in ((kk, ru, *teachers), (ru, kk, *reversed(teachers))):
            across = self._scale * one[anchors] @ other.T
            unmarked = torch.zeros_like(itself)
            unmarked[:, anchors] = (teacher @ other_teacher.T > truth) & ~torch.eye(count, dtype=torch.bool)
            within = self._scale * one[anchors] @ one.T
            alike = torch.zeros_like(itself)
            alike[:, anchors] = teacher @ teacher.T > truth
            logits = [across.masked_fill(unmarked, _FAR), within.masked_fill(alike | same_group | itself, _FAR)]
            if self._queue is not None:
                kept = self._queue[1] if one is kk else self._queue[0]
                numbers = self._queue[2]
                theirs = self._teacher[1 if one is kk else 0][numbers]
                hidden = (teacher @ theirs.T > truth) | (numbers[None, :] == pairs[anchors][:, None])
                logits.append((self._scale * one[anchors] @ kept.T).masked_fill(hidden, _FAR))
            total = total + functional.cross_entropy(torch.cat(logits, dim=1), anchors[own])
        return total / 2

    def _remember(self, kk: Tensor, ru: Tensor, pairs: Tensor) -> None:
        if not self._queue_size or not self.training:
            return
        new = (kk, ru, pairs)
        old = self._queue or tuple(part[:0] for part in new)
        kk, ru, pairs = (torch.cat(parts)[: self._queue_size] for parts in zip(new, old, strict=True))
        self._queue = kk, ru, pairs

    def get_config_dict(self) -> dict[str, Any]:
        return {
            "scale": self._scale,
            "distillation": self._distillation,
            "composition": self._composition,
            "imitation": self._imitation,
            "queue": self._queue_size,
        }


def _cut(rows: Tensor, longest: int) -> Tensor:
    """The first `longest` columns; where there are fewer, columns of zeros, which the mask hides, are added."""
    return functional.pad(rows, (0, max(0, longest - rows.shape[1])))[:, :longest]


def _composed(vectors: Tensor, groups: Tensor, roles: Tensor, letters: Tensor) -> Tensor:
    """One minus the cosine of each joined text with the weighted sum of its parts, on average."""
    wholes = torch.nonzero((roles == JOINED) | (roles == WHOLE))[:, 0]
    if not len(wholes):
        return torch.zeros(())
    is_part = (groups[wholes][:, None] == groups[None, :]) & (roles == PART)[None, :]
    sums = (is_part * letters[None, :].float()) @ vectors
    return (1 - functional.cosine_similarity(sums, vectors[wholes])).mean()
