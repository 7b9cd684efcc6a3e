import Testing

@testable import lockstep

struct TableTests {
    private func table(_ columns: Int?, _ rows: [[String]]) -> String {
        var table = Table(
            screen: Screen(style: Style(isOn: false), columns: columns),
            columns: [
                .init("name", isFlexible: true), .init("n", .right, isOptional: true), .init("what it is"),
            ])
        table.rows = rows.map { $0.map { Table.Cell($0) } }
        return table.text
    }

    @Test("columns are as wide as their widest cell, by what a terminal shows")
    func widths() {
        #expect(
            table(nil, [["日本", "1", "x"], ["cafe\u{301}", "20", "y"], ["a\u{1B}b", "", "👩\u{200D}💻"]]) == """
                name       n  what it is
                日本       1  x
                cafe\u{301}      20  y
                a\\u{1b}b      👩\u{200D}💻

                """)
    }

    @Test("a column without anything in it is left out where it may be")
    func optional() {
        #expect(table(nil, [["a", "", "b"]]) == "name  what it is\na     b\n")
    }

    @Test("no line ends with a space")
    func trailing() {
        #expect(table(nil, [["a", "1", ""]]) == "name  n  what it is\na     1\n")
    }

    @Test("where it is too wide the last cell flows, and then names are shortened")
    func narrow() {
        let long = "a sentence of some words that goes on and on"
        #expect(
            table(44, [["helpdesk/tickets", "3", long]]) == """
                name              n  what it is
                helpdesk/tickets  3  a sentence of some
                                     words that goes on and
                                     on

                """)
        #expect(
            table(40, [["helpdesk/tickets-of-everybody", "3", long]]) == """
                name                     n  what it is
                helpdesk/tickets-of-ev…  3  a sentence
                                            of some
                                            words that
                                            goes on and
                                            on

                """)
    }

    @Test("where the last cell has no room at all it stands below its row")
    func stacked() {
        var table = Table(
            screen: Screen(style: Style(isOn: false), columns: 40),
            columns: [.init("started"), .init("outcome"), .init("written")])
        table.rows = [["2026-11-21 10:00:00Z", "needs someone", "1 created on the left; 2 created on the right"]].map {
            $0.map { Table.Cell($0) }
        }
        #expect(
            table.text == """
                started               outcome
                2026-11-21 10:00:00Z  needs someone
                    1 created on the left; 2 created on
                    the right

                """)
    }

    @Test("a screen that is too narrow for words counts as one of forty columns")
    func tooNarrow() {
        #expect(Screen(style: Style(isOn: false), columns: 1).columns == 40)
    }
}
