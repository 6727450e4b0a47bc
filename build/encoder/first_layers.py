"""Keeps the first layers of a GGUF model of the llama architecture: an encoder that leaves early.

    python first_layers.py MODEL.gguf OUT.gguf LAYERS

Keys and tensors of the layers that stay are copied as they are; the norm and the output behind the last layer then follow the last one kept.
"""

import re
import sys

from gguf import GGUFReader, GGUFValueType, GGUFWriter


def keep_first_layers(source: str, target: str, layers: int) -> None:
    reader = GGUFReader(source)
    architecture = reader.fields["general.architecture"].contents()
    blocks = f"{architecture}.block_count"
    present = reader.fields[blocks].contents()
    if not 0 < layers <= present:
        raise SystemExit(f"{source} has {present} layers, so {layers} cannot be kept.")
    writer = GGUFWriter(target, architecture)
    for field in reader.fields.values():
        if field.name.startswith("GGUF.") or field.name == "general.architecture":
            continue
        kind = field.types[0]
        element = field.types[-1] if kind == GGUFValueType.ARRAY else None
        value = layers if field.name == blocks else field.contents()
        writer.add_key_value(field.name, value, kind, sub_type=element)
    for tensor in reader.tensors:
        block = re.match(r"blk\.(\d+)\.", tensor.name)
        if block is None or int(block[1]) < layers:
            writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    keep_first_layers(sys.argv[1], sys.argv[2], int(sys.argv[3]))
