import Diagnostics
import JobFiles
import Model
import Testing
import Values

struct TableTests {
    private func table(_ options: String, files: [String: String] = [:], sync: String = "", arrow: String = "<->")
        throws -> ValueTable
    {
        var folder = Folder(sync: sync, fields: ["a \(arrow) b: {\(options)}"])
        folder.files.merge(files) { $1 }
        return try #require(try folder.field().values)
    }

    @Test("a table is read from both sides")
    func bothSides() throws {
        let table = try table("values: {New: open, Closed: done}")
        #expect(table.value(on: .right, for: .text("New")) == .text("open"))
        #expect(table.value(on: .left, for: .text("done")) == .text("Closed"))
        #expect(table.value(on: .right, for: .text("new")) == nil)
    }

    @Test("numbers, booleans and null keep what they are, and are found by their spelling")
    func kinds() throws {
        let table = try table("values: {1: true, 2.50: 3, ~: none, 'x': 12345678901234567890}")
        #expect(table.value(on: .right, for: .int(1)) == .bool(true))
        #expect(table.value(on: .right, for: .text("1")) == .bool(true))
        #expect(table.value(on: .right, for: .text("2.50")) == .int(3))
        #expect(table.value(on: .right, for: .null) == .text("none"))
        #expect(table.value(on: .left, for: .bool(true)) == .int(1))
        #expect(table.value(on: .left, for: .text("12345678901234567890")) == .text("x"))
    }

    @Test("rows of to_left decide where several left values share a right one, and may add right values")
    func toLeft() throws {
        let table = try table("values: {a: x, b: x, c: z}, to_left: {x: b, y: a}")
        #expect(table.value(on: .left, for: .text("x")) == .text("b"))
        #expect(table.value(on: .left, for: .text("y")) == .text("a"))
        #expect(table.value(on: .left, for: .text("z")) == .text("c"))
        #expect(table.value(on: .right, for: .text("a")) == .text("x"))
    }

    @Test("rows of to_right add left values that have no way back of their own")
    func toRight() throws {
        let table = try table("values: {a: x, b: y}, to_right: {c: x}")
        #expect(table.value(on: .right, for: .text("c")) == .text("x"))
        #expect(table.value(on: .left, for: .text("x")) == .text("a"))
        let folder = Folder(fields: ["a <-> b: {values: {a: x}, to_right: {a: y}}"])
        #expect(folder.codes() == ["duplicate-row"])
    }

    @Test("a table that is only read one way need not be turned round")
    func oneWay() throws {
        let options = "values: {a: x, b: x}"
        #expect(try table(options, arrow: "->").value(on: .right, for: .text("b")) == .text("x"))
        #expect(try table(options, sync: "direction: left-to-right").value(on: .right, for: .text("b")) == .text("x"))
        #expect(Folder(fields: ["a <-> b: {\(options)}"]).codes() == ["no-way-back"])
    }

    @Test("a file of rows may have a heading, quotes, empty lines and any line end")
    func file() throws {
        let rows = "\u{FEFF}left,right\r\n\"a, b\",\"say \"\"hi\"\"\"\r\n\r\nc,\n"
        let table = try table("values: {file: maps/a.csv}", files: ["maps/a.csv": rows])
        #expect(table.value(on: .right, for: .text("a, b")) == .text("say \"hi\""))
        #expect(table.value(on: .right, for: .text("c")) == .text(""))
        #expect(table.value(on: .right, for: .text("left")) == nil)
    }

    @Test("only the files that tables name are asked for")
    func asked() {
        let folder = Folder(fields: ["a <-> b: {values: {file: maps/a.csv}}", "c <-> d: {values: {file: b.csv}}"])
        nonisolated(unsafe) var asked: [String] = []
        var surroundings = folder.surroundings
        surroundings.load = { path in
            asked.append(path)
            return nil
        }
        let checked = JobFolder(["crm.yaml", "connections.yaml"].compactMap(folder.source)).check(in: surroundings)
        #expect(asked == ["maps/a.csv", "b.csv"])
        #expect(checked.diagnostics.map(\.code) == ["missing-file", "missing-file"])
    }

    @Test("a table that is not UTF-8 is refused")
    func notUTF8() {
        let folder = Folder(fields: ["a <-> b: {values: {file: a.csv}}"])
        var surroundings = folder.surroundings
        surroundings.load = { .init(name: "jobs/\($0)", bytes: [0x61, 0x2C, 0xFF]) }
        let checked = JobFolder(["crm.yaml", "connections.yaml"].compactMap(folder.source)).check(in: surroundings)
        #expect(checked.diagnostics.map(\.message) == ["the table is not UTF-8"])
        #expect(checked.jobs.isEmpty)
    }
}
