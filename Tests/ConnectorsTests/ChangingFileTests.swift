import Connectors
import FileIO
import Glibc
import Model
import Synchronization
import TestKit
import Testing
import Values

/// A disk that calls a body before some operations, with the number of times it has.
private func disk(
    before kind: DiskOperation.Kind, _ body: @escaping @Sendable (Int, String) throws(FileFailure) -> Void
) -> Disk {
    let count = Mutex(0)
    return Disk { operation throws(FileFailure) in
        guard operation.kind == kind else { return }
        let number = count.withLock { count in
            count += 1
            return count
        }
        try body(number, operation.path)
    }
}

private func append(_ text: String, to path: String) {
    guard let file = fopen(path, "a") else { return }
    fputs(text, file)
    fclose(file)
}

@Suite("A file that others write to")
struct ChangingFileTests {
    @Test(
        "while it is read is read again",
        arguments: [("csv", "id,n\n1,a\n", "2,b\n"), ("jsonl", "{\"id\":1}\n", "{\"id\":2}\n")])
    func once(type: String, content: String, more: String) async throws {
        let file = try TestFile(
            type, content,
            disk: disk(before: .read) { number, path throws(FileFailure) in
                if number == 1 { append(more, to: path) }
            })
        #expect(try await ReadCollection(file).ids == ["1", "2"])
    }

    @Test("each time that it is read is given up, and a half-read mistake is none")
    func always() async throws {
        let file = try TestFile(
            "csv", "id,n\n1,a\n",
            disk: disk(before: .read) { _, path throws(FileFailure) in
                append("x", to: path)
            })
        #expect(await file.outcome() == "items.csv changed")
        await #expect(throws: EndpointFailure.changedMeanwhile(name: file.path)) { try await file.stamp() }
    }

    @Test("while it is written is left as they made it")
    func whileWriting() async throws {
        let file = try TestFile(
            "csv", "id,n\n1,a\n",
            disk: disk(before: .read) { number, path throws(FileFailure) in
                if number == 1 { append("2,b\n", to: path) }
            })
        await #expect(throws: EndpointFailure.changedMeanwhile(name: file.path)) {
            try await file.outcomes([.update("1", ["n": .text("z")])])
        }
        #expect(file.content == "id,n\n1,a\n2,b\n")
        #expect(file.folder.names == ["items.csv"])
    }

    @Test("and is replaced by them while it is written is left so")
    func replaced() async throws {
        let file = try TestFile(
            "jsonl", "{\"id\":1}\n",
            disk: disk(before: .read) { number, path throws(FileFailure) in
                guard number == 1 else { return }
                append("{\"id\":1}\n", to: path + ".other")
                rename(path + ".other", path)
            })
        await #expect(throws: EndpointFailure.changedMeanwhile(name: file.path)) {
            try await file.outcomes([.delete("1")])
        }
        #expect(file.content == "{\"id\":1}\n")
    }
}

@Suite("A disk that refuses")
struct RefusingDiskTests {
    @Test(
        "leaves the file as it was, and nothing beside it",
        arguments: [DiskOperation.Kind.open, .read, .write, .sync, .rename])
    func refusals(kind: DiskOperation.Kind) async throws {
        let content = "id,n\n1,a\n"
        for attempt in 1...4 {
            let count = Mutex(0)
            let file = try TestFile(
                "csv", content,
                disk: Disk { operation throws(FileFailure) in
                    guard operation.kind == kind else { return }
                    let number = count.withLock { count in
                        count += 1
                        return count
                    }
                    if number == attempt { throw FileFailure(kind, "items.csv", ENOSPC) }
                })
            var reported = 0
            do {
                _ = try await file.write(WriteBatch([.update("1", ["n": .text("z")])])) { _, _ in reported += 1 }
                #expect(count.withLock { $0 } < attempt)
                #expect(file.content == "id,n\n1,z\n")
                #expect(reported == 1)
            } catch {
                #expect(error == .unavailable(message: "cannot \(kind.rawValue) items.csv: no space left on device"))
                #expect(file.content == content)
                #expect(reported == 0)
            }
            #expect(file.folder.names == ["items.csv"])
        }
    }

    @Test("is not asked to write where nothing changes")
    func untouched() async throws {
        let file = try TestFile(
            "csv", "id,n\n1,a\n",
            disk: disk(before: .rename) { _, path throws(FileFailure) in
                throw FileFailure(.rename, path, EIO)
            })
        let outcomes = try await file.outcomes([.update("1", ["n": .text("a")]), .delete("7")])
        #expect(outcomes[1] == .moved)
        #expect(file.content == "id,n\n1,a\n")
    }

    @Test("names a file that is not there")
    func missing() async throws {
        let file = try TestFile("csv", "id\n")
        unlink(file.path)
        #expect(await file.outcome() == "cannot open items.csv: no such file or directory")
        await #expect(
            throws: EndpointFailure.unavailable(message: "cannot open \(file.path): no such file or directory")
        ) {
            try await file.outcomes([.create("1")])
        }
    }
}
