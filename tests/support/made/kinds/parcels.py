"""Returns that come packed, by mail, in folders and under odd names."""

from __future__ import annotations

from tests.parcels.packing import archive, attachment
from tests.support.made.kinds.base import Case, done, kind, moment
from tests.support.made.packing import letter


@kind("主管部门打包来的，Windows 压缩（GBK 文件名）", *[done()] * 3, share=5)
def packed_by_windows(case: Case) -> None:
    books = [(unit.file, unit.book()) for unit in case.units]
    packed = archive([(f"下属单位/{name}".encode("gb18030"), book.data) for name, book in books])
    case.put("收表.zip", packed, holds=[book for _, book in books])


@kind("压缩包里有压缩包和系统留下的文件", *[done()] * 2, share=2)
def packed_twice(case: Case) -> None:
    one, two = (unit.book() for unit in case.units)
    inner = archive([("里面/自评表.xlsx", two.data), ("__MACOSX/._自评表.xlsx", b"\0"), ("Thumbs.db", b"\0")])
    case.put("两个单位.zip", archive([("自评表.xlsx", one.data), ("另一个.zip", inner)]), holds=[one, two])


@kind("压缩包里一份好的、一份坏的、一份 PDF", done(), aside=("F002", "F003"), current=1)
def packed_with_a_broken_one(case: Case) -> None:
    good = case.unit.book()
    bad, pdf = good.data[:5000], b"%PDF-1.7 " + str(case.number).encode()
    packed = archive([("自评表.xlsx", good.data), ("下载中断.xlsx", bad), ("盖章页.pdf", pdf)])
    case.put("报送.zip", packed, holds=[good, bad, pdf])


@kind("存下来的邮件，日期看邮件的", done(first=-7), share=5)
def by_mail(case: Case) -> None:
    book = case.unit.book()
    part = attachment(b"attachment; filename*=utf-8''%E8%87%AA%E8%AF%84%E8%A1%A8.xlsx", book.data)
    case.put("来信.eml", letter(b"=?utf-8?B?5oql6KGo?=", b"a@example.org", moment(-7), part), day=9, holds=[book])


@kind("逾期三天的邮件，标题和附件名是 GB2312", done(first=3), share=3)
def by_mail_in_gb2312(case: Case) -> None:
    book = case.unit.book()
    part = attachment(b'attachment; filename="=?gb2312?B?19TGwLHtLnhsc3g=?="', book.data)
    subject, sender = "自评表报送".encode("gb2312"), "财务室 <b@example.org>".encode("gb2312")
    case.put("转存.eml", letter(subject, sender, moment(3), part), day=9, holds=[book])


@kind("转发的邮件，附件是压缩包", done(first=-7), share=3)
def forwarded(case: Case) -> None:
    books = [unit.book() for unit in case.units]
    packed = archive([(f"{number}.xlsx", book.data) for number, book in enumerate(books)])
    inner = letter(b"report", b"c@example.org", moment(-7), attachment(b'attachment; filename="all.zip"', packed))
    forward = b"Content-Type: message/rfc822\r\n\r\n" + inner
    case.put("转发.eml", letter(b"Fwd: report", b"d@example.org", moment(-2), forward), day=9, holds=books)


@kind("放在层层文件夹里", done(), share=4)
def in_folders(case: Case) -> None:
    case.put(f"二级单位/{case.unit.name}/盖章后/最终/自评表.xlsx", case.unit.book())


ODD_NAMES = (
    "📊自评表（最终版）😀.xlsx",
    "自评表",
    "自评表.XLSX",
    "=1+1.xlsx",
    "-rf 自评表 .xlsx",
    "自评表.xls",
    f"{'长' * 75}.xlsx",
)


@kind("古怪的文件名（表情、很长、没有扩展名……）", *[done()] * len(ODD_NAMES), share=1)
def oddly_named(case: Case) -> None:
    for name, unit in zip(ODD_NAMES, case.units, strict=True):
        case.put(name, unit.book())
