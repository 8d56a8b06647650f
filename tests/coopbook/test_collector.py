import gc

import pytest

from coopbook.collector import resting


def test_the_collector_rests_and_works_again_whatever_happens():
    assert gc.isenabled()
    with resting():
        assert not gc.isenabled()
        with resting():
            assert not gc.isenabled()
        assert not gc.isenabled(), "the inner one had found it at rest"
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), resting():
        raise ZeroDivisionError
    assert gc.isenabled()
