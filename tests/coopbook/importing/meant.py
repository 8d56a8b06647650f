"""What a generated sheet means, kind by kind, before it is laid out.

A kind is a function that throws dice and returns a ``Table``; ``KINDS`` lists them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal


@dataclass
class Field:
    """A column of a table: its key, what stands over it, and whether money is in it.

    ``over`` are the merged headings above its own, outermost first.
    """

    key: str
    heading: str
    money: bool = False
    over: tuple[str, ...] = ()


@dataclass
class Table:
    """What a sheet means: fields in order, rows by key, what opens and what adds up.

    ``expected`` says for each row what is to be understood of it.
    """

    kind: str
    fields: list[Field]
    rows: list[dict]
    expected: list[tuple]
    adding: tuple[str, ...]
    needed: str
    one_way: str
    opening: Decimal | None = None


def savings(dice):
    """Return a list of members' savings, its direction in words or in two columns."""
    two = dice.random() < 0.5
    over = dice.choice([(), ("MUTASI",), ("TRANSAKSI", "MUTASI")]) if two else ()
    fields = [
        Field("on", dice.choice(["Tanggal", "Tgl", "Post Date", "TGL TRANSAKSI"])),
        Field("member", dice.choice(["No. Anggota", "Member ID", "NIA"])),
        Field("name", dice.choice(["Nama", "Nama Anggota", "Member Name"])),
        Field("pot", dice.choice(["Jenis Simpanan", "Produk", "Savings Type"])),
        Field("memo", dice.choice(["Keterangan", "Description"])),
        Field("clerk", "Petugas"),
    ]
    dice.shuffle(fields)
    at = dice.randrange(len(fields))
    if two:
        words = dice.choice([("SETOR", "TARIK"), ("Masuk (Rp)", "Keluar (Rp)")])
        pair = zip(("paid_in", "taken_out"), words, strict=True)
        fields[at:at] = [Field(key, word, True, over) for key, word in pair]
    else:
        fields.insert(at, Field("way", dice.choice(["Jenis Transaksi", "D/K"])))
        amount = Field(
            "amount", dice.choice(["Jumlah", "NOMINAL (Rp)", "Amount"]), True
        )
        fields.insert(dice.randrange(len(fields)), amount)
    rows, expected = [], []
    pots = {"Pokok": "principal", "WAJIB": "mandatory", "Sukarela": "voluntary"}
    for _ in range(dice.randint(3, 22)):
        amount = Decimal(dice.randrange(1_000, 9_000_000))
        said = dice.choice(list(pots))
        row = {
            "on": date(2022, 1, 3) + timedelta(dice.randrange(300)),
            "member": f"A-{dice.randrange(100):03}",
            "name": dice.choice(["Siti Aminah", "Tono", "Total Suryadi"]),
            "pot": said,
            "memo": dice.choice(["", "Potongan Koperasi Jan'22", "setoran tunai"]),
            "clerk": "Wati",
        }
        is_in = dice.random() < 0.8
        if two:
            row["paid_in" if is_in else "taken_out"] = amount
        else:
            row |= {"way": "setor" if is_in else "tarik", "amount": amount}
        rows.append(row)
        signed = amount if is_in else -amount
        expected.append((row["on"], signed, row["member"], pots[said], row["memo"]))
    adding = ("paid_in", "taken_out") if two else ("amount",)
    return Table("savings", fields, rows, expected, adding, "member", adding[0])


def bank_book(dice):
    """Return a bank book, kept by the cooperative or printed by the bank."""
    keys = ["cash_debit", "cash_credit"]
    shape = dice.choice(["flat", "two", "three", "memorial"])
    words = dice.choice([("DEBET", "KREDIT"), ("Debit", "Credit")])
    over = {"flat": (), "two": ("MUTASI KAS",), "three": ("TRANSAKSI", "MUTASI KAS")}
    pair = [
        Field(key, word, True, over.get(shape, ("MUTASI KAS",)))
        for key, word in zip(keys, words, strict=True)
    ]
    if shape == "memorial":
        pair = [
            Field(f.key, w, True, f.over)
            for f, w in zip(pair, ("DEBET", "KREDIT"), strict=True)
        ]
        pair += [
            Field("memorial_debit", "DEBET", True, ("MUTASI MEMORIAL",)),
            Field("memorial_credit", "KREDIT", True, ("MUTASI MEMORIAL",)),
        ]
    fields = [
        Field("number", "NO"),
        Field("memo", dice.choice(["URAIAN", "Keterangan"])),
        Field("on", dice.choice(["TANGGAL", "Date"])),
        Field("balance", dice.choice(["SALDO AKHIR", "Saldo (Rp)", "Balance"]), True),
    ]
    dice.shuffle(fields)
    at = dice.randrange(len(fields) + 1)
    fields[at:at] = pair
    opening = Decimal(dice.randrange(10_000_000, 90_000_000))
    turned = dice.random() < 0.3
    balance, on = opening, date(2022, 1, 3)
    rows, expected = [], []
    for number in range(dice.randint(4, 22)):
        amount = Decimal(dice.randrange(1_000, 900_000))
        is_in = dice.random() < 0.5
        balance += amount if is_in else -amount
        side = "debit" if is_in != turned else "credit"
        book = dice.choice(["cash", "memorial"]) if shape == "memorial" else "cash"
        on += timedelta(dice.randrange(3))
        memo = dice.choice(["TAGIHAN KCP", "Jumlah setoran tunai", "BIAYA METERAI"])
        rows.append(
            {
                "number": str(number + 1),
                "memo": f"{memo} {number}",
                "on": on,
                f"{book}_{side}": amount,
                "balance": balance,
            }
        )
        expected.append((on, amount if is_in else -amount, f"{memo} {number}", balance))
    given = opening if dice.random() < 0.7 else None
    adding = tuple(f.key for f in pair)
    return Table("bank-book", fields, rows, expected, adding, "on", adding[0], given)


KINDS = (savings, bank_book)
