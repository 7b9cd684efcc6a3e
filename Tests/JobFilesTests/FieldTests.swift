import CEL
import Diagnostics
import JobFiles
import Model
import Testing
import Values

struct FieldTests {
    @Test("what is left out has the default")
    func defaults() throws {
        let field = try Folder(fields: ["name <-> title"]).field()
        #expect(field.text == "name <-> title")
        #expect(field.flow == .both)
        #expect(field.type == nil)
        #expect(field.format == nil)
        #expect(field.values == nil)
        #expect(field.conversions.left == nil && field.conversions.right == nil)
        #expect(field.unmapped == .hold)
        #expect(field.link == nil)
        #expect(field.linkMissing == .wait)
        #expect(field.when == .always)
        #expect(field.empty == .clear)
        #expect(field.conflicts == .hold)
        #expect(field.merge == nil)
    }

    @Test(
        "an arrow points one way or both",
        arguments: [("<->", FieldMapping.Flow.both), ("->", .to(.right)), ("<-", .to(.left))])
    func arrows(arrow: String, flow: FieldMapping.Flow) throws {
        let field = try Folder(fields: ["a \(arrow) b"]).field()
        #expect(field.flow == flow)
        #expect(field.path(on: .left)?.text == "a")
        #expect(field.path(on: .right)?.text == "b")
    }

    @Test("a field may lie inside objects, or have any name")
    func paths() throws {
        let field = try Folder(fields: ["user.email <-> record['Due Date']"]).field()
        #expect(field.path(on: .left) == FieldPath(steps: ["user", "email"], text: ""))
        #expect(field.path(on: .right) == FieldPath("Due Date"))
        let nested = try Folder(fields: ["fields['Due Date'].start <-> start"]).field()
        #expect(nested.path(on: .left) == FieldPath(steps: ["fields", "Due Date", "start"], text: ""))
    }

    @Test("the end that is only read may be an expression")
    func expressions() throws {
        let right = try Folder(fields: ["first + ' ' + last -> name"]).field()
        guard case .expression(let program) = right.ends.left else { throw Unexpected("no expression") }
        let record: Object = ["first": .text("Ada"), "last": .text("Lovelace")]
        #expect(try program.evaluate(Scope(record: record)) == .text("Ada Lovelace"))
        let left = try Folder(fields: ["title <- size(name) > 3 ? name : 'short'"].map { "\"\($0)\"" }).field()
        #expect(left.path(on: .left)?.text == "title")
        #expect(left.path(on: .right) == nil)
    }

    @Test("an arrow inside a text of an expression is none")
    func arrowInText() throws {
        let field = try Folder(fields: ["a + ' -> ' + b -> c", "d + r'\\' + ' <-> ' -> e"]).sync().fields
        #expect(field.map { $0.path(on: .right)?.text } == ["c", "e"])
    }

    @Test("less-than and minus are no arrow where another one is")
    func comparison() throws {
        let field = try Folder(fields: ["a <-1 -> negative"]).field()
        #expect(field.flow == .to(.right))
        #expect(field.path(on: .right)?.text == "negative")
    }

    @Test("a program of a quoted entry still points into the file")
    func quotedEntry() throws {
        let field = try Folder(fields: ["\"'No. ' + number -> title\""]).field()
        guard case .expression(let program) = field.ends.left else { throw Unexpected("no expression") }
        #expect(program.located.place(of: program.expression.span).start.line == 9)
        #expect(program.located.place(of: program.expression.span).start.column == 10)
    }

    @Test("each type is read, and a format with those that have one")
    func types() throws {
        for type in ValueType.allCases {
            #expect(try Folder(fields: ["a <-> b: {type: \(type.rawValue)}"]).field().type == type)
        }
        let field = try Folder(fields: ["a <-> b: {type: date, format: '%d/%m/%Y'}"]).field()
        #expect(field.format?.text == "%d/%m/%Y")
        #expect(field.format?.date("24/12/2026")?.description == "2026-12-24")
    }

    @Test("when, empty and conflicts take each of their words")
    func words() throws {
        for word in When.allCases {
            #expect(try Folder(fields: ["a <-> b: {when: \(word.rawValue)}"]).field().when == word)
        }
        for word in Empty.allCases {
            #expect(try Folder(fields: ["a <-> b: {empty: \(word.rawValue)}"]).field().empty == word)
        }
        for word in ConflictPolicy.allCases {
            let folder = Folder(sync: "conflicts: left", fields: ["a <-> b: {conflicts: \(word.rawValue)}"])
            #expect(try folder.field().conflicts == word)
        }
    }

    @Test(
        "a value that the table lacks is held, passed, left alone, or replaced",
        arguments: [
            ("hold", Unmapped.hold), ("pass", .pass), ("skip", .skip), ("{use: other}", .use(.text("other"))),
            ("{use: 7}", .use(.int(7))), ("{use: null}", .use(.null)), ("{use: false}", .use(.bool(false))),
        ])
    func unmapped(written: String, meant: Unmapped) throws {
        #expect(try Folder(fields: ["a <-> b: {values: {x: y}, unmapped: \(written)}"]).field().unmapped == meant)
    }

    @Test(
        "an id without a link waits, is left alone, or is replaced",
        arguments: [("wait", LinkMissing.wait), ("skip", .skip), ("{use: C-0}", .use(.text("C-0")))])
    func linkMissing(written: String, meant: LinkMissing) throws {
        let field = try Folder(fields: ["parent <-> parent: {link: companies, link_missing: \(written)}"]).field()
        #expect(field.linkMissing == meant)
    }

    @Test("a conversion knows the value and its record")
    func conversions() throws {
        let field = try Folder(fields: ["net <-> gross: {to_right: value + tax, to_left: value - tax}"]).field()
        let record: Object = ["tax": .int(3)]
        #expect(try field.conversions.right?.evaluate(Scope(record: record, extras: [("value", .int(4))])) == .int(7))
        #expect(try field.conversions.left?.evaluate(Scope(record: record, extras: [("value", .int(7))])) == .int(4))
    }

    @Test("options stand under the arrow, or behind it in braces")
    func optionForms() throws {
        let block = try Folder(fields: ["a <-> b:\n          when: create\n          type: int"]).field()
        let flow = try Folder(fields: ["a <-> b: {when: create, type: int}"]).field()
        #expect(block.when == flow.when)
        #expect(block.type == flow.type)
        #expect(block.place == flow.place)
    }

    @Test("two arrows may write beside each other in one object")
    func besideEachOther() {
        #expect(Folder(fields: ["a <-> user.name", "b <-> user.email", "user -> c"]).codes() == [])
    }
}
