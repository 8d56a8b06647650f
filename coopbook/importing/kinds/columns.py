"""Columns that several kinds of sheet have, and the headings they go by."""

from __future__ import annotations

from coopbook.i18n import N_, Word
from coopbook.importing.sheets.shapes import Column, Reads

ON = Column(
    "on",
    Word(N_("date")),
    Reads.DAY,
    (
        *("Tanggal", "Tgl", "Tanggal Transaksi", "Tgl Transaksi", "Date"),
        *("Post Date", "Posting Date", "Tanggal Setor", "Tanggal Posting"),
        *("Tanggal Bayar", "Tgl Bayar"),
    ),
)
MEMBER = Column(
    "member",
    Word(N_("member number")),
    Reads.WORDS,
    (
        *("No Anggota", "Nomor Anggota", "Member Id", "Member Number"),
        *("Id Anggota", "Kode Anggota", "No Agt", "Member No", "Member"),
        *("NIA", "Anggota Id", "Nomor Induk Anggota", "NIP", "NIP/NIK Karyawan"),
        *("No Induk", "Nomor Pegawai", "Account Id", "No Buku Anggota"),
    ),
)
NAME = Column(
    "name",
    Word(N_("name")),
    Reads.WORDS,
    ("Nama", "Nama Anggota", "Name", "Member Name", "Nama Lengkap", "Nama Peminjam"),
)
MEMO = Column(
    "memo",
    Word(N_("description")),
    Reads.WORDS,
    (
        *("Keterangan", "Uraian", "Desc", "Description", "Catatan", "Memo", "Remark"),
        *("Remarks", "Operation"),
    ),
)
REFERENCE = Column(
    "reference",
    Word(N_("voucher")),
    Reads.WORDS,
    (
        *("No Bukti", "Deposit Number", "Nomor Bukti", "No Transaksi"),
        *("Nomor Transaksi", "Voucher", "Reference", "No Ref", "Kwitansi", "Trans Id"),
    ),
)
PRINCIPAL = Column(
    "principal",
    Word(N_("principal share")),
    Reads.AMOUNT,
    ("Simpanan Pokok", "Pokok", "Principal Share", "Simp Pokok"),
)
MANDATORY = Column(
    "mandatory",
    Word(N_("mandatory share")),
    Reads.AMOUNT,
    ("Simpanan Wajib", "Wajib", "Mandatory Share", "Simp Wajib"),
)
SHARES = Column(
    "shares",
    Word(N_("principal and mandatory share in one")),
    Reads.AMOUNT,
    (
        *("Simpanan Wajib + Pokok", "Simpanan Pokok + Wajib", "Wajib + Pokok"),
        *("Pokok + Wajib", "Simpanan Pokok dan Wajib", "Simpanan Wajib dan Pokok"),
        *("Simpanan Wajib/Pokok", "Simpanan Pokok/Wajib"),
    ),
)
VOLUNTARY = Column(
    "voluntary",
    Word(N_("voluntary savings")),
    Reads.AMOUNT,
    (
        *("Simpanan Sukarela", "Sukarela", "Simpanan Manasuka", "Manasuka"),
        *("Tabungan", "Voluntary Savings", "Simp Sukarela"),
    ),
)
SURPLUS = Column(
    "surplus",
    Word(N_("surplus not yet taken")),
    Reads.AMOUNT,
    ("SHU", "SHU Belum Diambil", "Surplus", "Bagian SHU"),
)
LOAN_PRINCIPAL = Column(
    "loan_principal",
    Word(N_("principal of the loan")),
    Reads.AMOUNT,
    (
        *("Angsuran Pokok", "Pinjaman Pokok", "Pokok Pinjaman", "Cicilan Pokok"),
        *("Pembayaran Pokok", "Pinjaman Pembayaran Pokok", "Principal Paid"),
    ),
)
LOAN_INTEREST = Column(
    "loan_interest",
    Word(N_("interest of the loan")),
    Reads.AMOUNT,
    (
        *("Jasa", "Pinjaman Jasa", "Bunga", "Jasa Pinjaman", "Angsuran Jasa"),
        *("Pembayaran Jasa", "Pinjaman Pembayaran Jasa", "Interest", "Interest Paid"),
        *("Angsuran Bunga", "Bunga Pinjaman"),
    ),
)
LOAN_FEE = Column(
    "loan_fee",
    Word(N_("fee of the loan")),
    Reads.AMOUNT,
    (
        *("Provisi", "Pinjaman Provisi", "Pembayaran Provisi", "Fee"),
        *("Pinjaman Pembayaran Provisi", "Biaya Provisi"),
    ),
)
LOAN_PENALTY = Column(
    "loan_penalty",
    Word(N_("penalty")),
    Reads.AMOUNT,
    (
        *("Denda", "Pinjaman Denda", "Pinalty", "Penalti", "Pembayaran Pinalty"),
        *("Pinjaman Pembayaran Pinalty", "Penalty", "Denda Keterlambatan"),
    ),
)
LOAN_OUT = Column(
    "loan_out",
    Word(N_("loan paid out")),
    Reads.AMOUNT,
    (
        *("Jumlah Pinjaman", "Pinjaman Jumlah Pinjaman", "Pencairan", "Disbursed"),
        *("Pinjaman Baru", "Realisasi", "Pencairan Pinjaman"),
    ),
)
OUTSTANDING = Column(
    "outstanding",
    Word(N_("left of the loan")),
    Reads.AMOUNT,
    (
        *("Saldo Pinjaman", "Sisa Pinjaman", "Baki Debet", "Outstanding"),
        *("Sisa Pokok", "Cicilan Pinjaman Uang Saldo Pinjaman"),
    ),
)
TERM = Column(
    "term",
    Word(N_("installments in all")),
    Reads.WORDS,
    (
        *("Jangka Waktu", "Tenor", "Jml Angsuran", "Jumlah Angsuran", "Lama Angsuran"),
        *("Cicilan Pinjaman Uang JML", "Jumlah Cicilan", "Term", "Lama Pinjaman"),
    ),
)
NTH = Column(
    "nth",
    Word(N_("which installment")),
    Reads.WORDS,
    (
        *("Angsuran Ke", "Cicilan Ke", "Ke", "Cicilan Pinjaman Uang KE"),
        *("Installment",),
    ),
)
CONTRACT = Column(
    "contract",
    Word(N_("contract number")),
    Reads.WORDS,
    (
        *("No Kontrak", "Nomor Kontrak", "No Pinjaman", "Nomor Pinjaman", "No SPK"),
        *("Contract", "Loan Number", "Loan Id", "No Akad"),
    ),
)
