import FileIO
import TestKit
import Testing

/// How a file of the state takes the place of the one before it.
struct ReplacementTests {
    @Test("a file is synced before it takes the place of the old one, and its folder after that")
    func order() throws {
        let scratch = try ScratchFolder()
        let path = try scratch.write("queue.jsonl", Array("old\n".utf8))
        let script = DiskScript()
        try script.disk.replace(path, with: Array("new\n".utf8))
        let changes = script.points.filter(\.isChange).map(\.operation)
        #expect(changes.map(\.kind) == [.write, .sync, .rename, .syncFolder])
        #expect(changes.map(\.path) == [path, path, path, path])
        #expect(try Disk().read(path) == Array("new\n".utf8))
        #expect(try Disk().list(scratch.path) == ["queue.jsonl"])
    }

    @Test("what is written after a sync is synced by the next, and a sync of nothing new asks for nothing")
    func syncedAgain() throws {
        let scratch = try ScratchFolder()
        let script = DiskScript()
        let file = try script.disk.openToAppend(scratch.path + "/run.jsonl")
        for text in ["one\n", "", "two\n"] {
            try file.write(text)
            try file.sync()
        }
        let changes = script.points.filter(\.isChange).map(\.operation.kind)
        #expect(changes == [.write, .sync, .write, .sync])
    }
}
