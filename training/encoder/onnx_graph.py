"""The ONNX graph of a quantised BERT sentence encoder whose weights lie in the model folder's `model.safetensors`.

One file of weights serves two runtimes. `model.safetensors` holds the big matrices in float8 (E4M3), under the
names of transformers' `BertModel`, so that transformers loads them as float32 without help. The graph names the
same bytes as external data, and ONNX Runtime folds float8 → int8 once, when the session is created.

Operators are ONNX Runtime's own BERT operators (domain com.microsoft), which all its CPU builds carry:
https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from onnx.external_data_helper import set_external_data

MICROSOFT = "com.microsoft"
WEIGHTS_FILE = "model.safetensors"
_ONNX_TYPES = {"F8_E4M3": TensorProto.FLOAT8E4M3FN, "F16": TensorProto.FLOAT16, "F32": TensorProto.FLOAT}

# ONNX Runtime's kernels for x86 without VNNI add products in pairs in 16 bits, and saturate: 2 · 255 · 63 still fits.
# So every machine computes the same integers.
_WEIGHT_LEVELS = 63
# GELU never goes below -0.17. With this zero point and at least this range, nothing of it is clipped.
_GELU_ZERO_POINT = 21
_GELU_LEAST_RANGE = 1.9


@dataclass
class _Graph:
    folder: Path
    nodes: list[NodeProto] = field(default_factory=list)
    initializers: list[TensorProto] = field(default_factory=list)

    def __post_init__(self) -> None:
        with (self.folder / WEIGHTS_FILE).open("rb") as file:
            (size,) = struct.unpack("<Q", file.read(8))
            self.header = json.loads(file.read(size))
        self.data_start = 8 + size

    def node(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def constant(self, name: str, value: np.ndarray) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def external(self, name: str, onnx_type: int | None = None) -> str:
        """The tensor `name` of the weights file as it lies there."""
        entry = self.header[name]
        tensor = TensorProto(
            name=name, data_type=onnx_type or _ONNX_TYPES[entry["dtype"]], dims=entry["shape"], raw_data=b"-"
        )
        start, end = entry["data_offsets"]
        set_external_data(tensor, WEIGHTS_FILE, offset=self.data_start + start, length=end - start)
        tensor.ClearField("raw_data")
        self.initializers.append(tensor)
        return name

    def weight(self, name: str) -> str:
        """The tensor `name` as float32."""
        self.external(name)
        if self.header[name]["dtype"] == "F32":
            return name
        return self.node("Cast", [name], f"{name}:float", to=TensorProto.FLOAT)

    def product(self, x: str, names: list[str], values: np.ndarray, smoothing: np.ndarray | None) -> str:
        """`x` times the transpose of the matrices `names` stacked; `values` are theirs, float32 [out, in].

        int8 weights have a scale for each output, uint8 activations one for each row, so that a row's result
        owes nothing to the other rows of its batch. Where `smoothing` [in] is given, the columns of `x` are divided
        and the weights multiplied by it, which takes the few large columns out of the activations (SmoothQuant,
        Xiao et al. 2023, https://arxiv.org/abs/2211.10438). Without it `x` is the result of a GELU.
        """
        label = names[0]
        weights = [self.weight(name) for name in names]
        stacked = self.node("Concat", weights, f"{label}:stacked", axis=0) if len(weights) > 1 else weights[0]
        if smoothing is None:
            zero_point, levels = _GELU_ZERO_POINT, 255 - _GELU_ZERO_POINT
            magnitude, least = x, _GELU_LEAST_RANGE
        else:
            zero_point, levels, least = 128, 127, 1e-6
            values = values * smoothing
            factor = self.constant(f"{label}:smoothing", smoothing)
            stacked = self.node("Mul", [stacked, factor], f"{label}:smoothed")
            inverse = self.constant(f"{label}:unsmoothing", 1 / smoothing)
            x = self.node("Mul", [x, inverse], f"{label}:input")
            magnitude = self.node("Abs", [x], f"{label}:magnitude")
        scale_values = np.abs(values).max(axis=1) / np.float32(_WEIGHT_LEVELS)
        scales = self.constant(f"{label}:scales", scale_values.astype(np.float32))
        zeros = self.constant(f"{label}:zeros", np.zeros(len(values), np.int8))
        quantised = self.node("QuantizeLinear", [stacked, scales, zeros], f"{label}:int8", axis=0)
        transposed = self.node("Transpose", [quantised], f"{label}:transposed", perm=[1, 0])

        peak = self.node("ReduceMax", [magnitude, "last_axis"], f"{label}:peak", keepdims=1)
        bounded = self.node(
            "Max", [peak, self.constant(f"{label}:least", np.array(least, np.float32))], f"{label}:bounded"
        )
        step = self.node(
            "Div", [bounded, self.constant(f"{label}:levels", np.array(levels, np.float32))], f"{label}:step"
        )
        scaled = self.node("Div", [x, step], f"{label}:scaled")
        unit = self.constant(f"{label}:unit", np.array(1, np.float32))
        middle = self.constant(f"{label}:zero_point", np.array(zero_point, np.uint8))
        rows = self.node("QuantizeLinear", [scaled, unit, middle], f"{label}:uint8")
        product = self.node(
            "MatMulIntegerToFloat",
            [rows, transposed, unit, scales, middle],
            f"{label}:integer_product",
            MICROSOFT,
        )
        return self.node("Mul", [product, step], f"{label}:product")


def build_encoder_graph(
    folder: Path, config: dict[str, Any], values: dict[str, np.ndarray], smoothing: dict[str, np.ndarray]
) -> ModelProto:
    """Token ids int64 [batch, length] and token counts int32 [batch] → unit vectors float32 [batch, hidden].

    `folder` holds `model.safetensors`, whose tensors are `values` once they are float32; `smoothing` has the vector
    for each product but the one after the GELU, by the name of its (first) weight. Rows shorter than the
    longest are padded at their end; what stands there has no influence. Pooling is the mean over a row's tokens.
    """
    graph = _Graph(folder)
    eps = config["layer_norm_eps"]
    one = graph.constant("one", np.array([1], np.int64))
    zero = graph.constant("zero", np.array([0], np.int64))
    graph.constant("last_axis", np.array([-1], np.int64))

    # ONNX has no Gather of float8, so bytes are gathered and looked up among the 256 values of the format.
    word = graph.external("embeddings.word_embeddings.weight", TensorProto.UINT8)
    gathered = graph.node("Gather", [word, "input_ids"], "word:bytes")
    indices = graph.node("Cast", [gathered], "word:indices", to=TensorProto.INT32)
    words = graph.node("Gather", [graph.constant("float8", _float8_values()), indices], "word:float")
    graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    positions = graph.weight("embeddings.position_embeddings.weight")
    types = graph.weight("embeddings.token_type_embeddings.weight")
    first_type = graph.node("Slice", [types, zero, one, zero], "type:first")
    typed = graph.node("Add", [positions, first_type], "position:typed")
    places = graph.node("Slice", [typed, zero, "length", zero], "position:used")
    summed = graph.node("Add", [words, places], "embeddings")
    x = graph.node(
        "LayerNormalization",
        [summed, graph.weight("embeddings.LayerNorm.weight"), graph.weight("embeddings.LayerNorm.bias")],
        "embeddings:normal", epsilon=eps,
    )  # fmt: skip

    for layer in range(config["num_hidden_layers"]):
        prefix = f"encoder.layer.{layer}."

        def product(source: str, names: list[str]) -> str:
            stacked = np.concatenate([values[name] for name in names])
            return graph.product(source, names, stacked, smoothing.get(names[0]))

        # Not SkipLayerNormalization, which takes ten times as long in ONNX Runtime's CPU build.
        def add_and_norm(block: str, product_: str, residual: str) -> str:
            biased = graph.node("Add", [product_, graph.weight(f"{block}.dense.bias")], f"{block}:biased")
            added = graph.node("Add", [biased, residual], f"{block}:added")
            return graph.node(
                "LayerNormalization",
                [added, graph.weight(f"{block}.LayerNorm.weight"), graph.weight(f"{block}.LayerNorm.bias")],
                f"{block}:normal",
                epsilon=eps,
            )

        attention = [f"{prefix}attention.self.{part}" for part in ("query", "key", "value")]
        qkv = product(x, [f"{part}.weight" for part in attention])
        parts = [f"{part}:projected" for part in attention]
        graph.nodes.append(helper.make_node("Split", [qkv], parts, name=f"{qkv}:split", axis=-1, num_outputs=3))
        biases = graph.node("Concat", [graph.weight(f"{part}.bias") for part in attention], f"{qkv}:bias", axis=0)
        context = graph.node(
            "MultiHeadAttention", [*parts, biases, "lengths"], f"{prefix}context", MICROSOFT,
            num_heads=config["num_attention_heads"],
        )  # fmt: skip
        attended = product(context, [f"{prefix}attention.output.dense.weight"])
        x = add_and_norm(f"{prefix}attention.output", attended, x)
        widened = product(x, [f"{prefix}intermediate.dense.weight"])
        activated = graph.node(
            "BiasGelu", [widened, graph.weight(f"{prefix}intermediate.dense.bias")], f"{prefix}gelu", MICROSOFT
        )
        narrowed = product(activated, [f"{prefix}output.dense.weight"])
        x = add_and_norm(f"{prefix}output", narrowed, x)

    scalars = {"range:start": 0, "range:step": 1}
    for name, value in scalars.items():
        graph.constant(name, np.array(value, np.int64))
    length = graph.node("Squeeze", ["length"], "length:scalar")
    places = graph.node("Range", ["range:start", length, "range:step"], "range")
    counts = graph.node("Cast", ["lengths"], "lengths:int64", to=TensorProto.INT64)
    column = graph.node("Unsqueeze", [counts, one], "lengths:column")
    is_token = graph.node("Less", [places, column], "is_token")
    mask = graph.node("Cast", [is_token], "mask", to=TensorProto.FLOAT)
    row_mask = graph.node("Unsqueeze", [mask, one], "mask:rows")
    pooled = graph.node("MatMul", [row_mask, x], "pooled:rows")
    flat = graph.node("Squeeze", [pooled, one], "pooled")
    # The unit vector of the sum is the unit vector of the mean.
    graph.node("LpNormalization", [flat], "vectors", axis=-1, p=2)

    made = helper.make_graph(
        graph.nodes,
        "sentence-encoder",
        [
            helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length_in_tokens"]),
            helper.make_tensor_value_info("lengths", TensorProto.INT32, ["batch"]),
        ],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", config["hidden_size"]])],
        graph.initializers,
    )
    opsets = [helper.make_opsetid("", 19), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9, producer_name="qostil")


def _float8_values() -> np.ndarray:
    import ml_dtypes

    values = np.arange(256, dtype=np.uint8).view(ml_dtypes.float8_e4m3fn).astype(np.float32)
    return np.nan_to_num(values, nan=0.0)
