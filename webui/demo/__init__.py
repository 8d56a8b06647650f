"""A made-up cooperative to learn on: three years of an ordinary village's money."""

from webui.demo.make import PASSWORD, make_demo

__all__ = ["PASSWORD", "make_demo"]
