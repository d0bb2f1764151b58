"""Instructions of the processor that numba has no word for; import it only where one solves."""

from collections.abc import Callable
from typing import Any, cast

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

_READ, _KEEP, _DATA = (ir.Constant(ir.IntType(32), number) for number in (0, 3, 1))


def _lowest_bit(_context: Any, _value: Any) -> Any:
    """Place of the lowest bit that is set, of a number that is not 0; one instruction."""

    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.uint64), generate


def _fetch(_context: Any, array: Any, _place: Any) -> Any:
    """Ask memory for ``array[place]`` and what lies beside it, without waiting for it.

    Nothing else happens, also where there is no such place.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        made = context.make_array(signature.args[0])(context, builder, arguments[0])
        pointer, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        shape = ir.FunctionType(ir.VoidType(), [pointer, number, number, number])
        ask = builder.module.declare_intrinsic("llvm.prefetch", [pointer], shape)
        address = builder.bitcast(builder.gep(made.data, [arguments[1]]), pointer)
        builder.call(ask, [address, _READ, _KEEP, _DATA])
        return context.get_dummy_value()

    return types.void(array, types.int64), generate


lowest_bit = cast("Callable[[Any], int]", intrinsic(_lowest_bit))
fetch = cast("Callable[[Any, Any], None]", intrinsic(_fetch))
