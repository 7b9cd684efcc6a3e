import FileIO
import Glibc
import Runner
import Synchronization
import TestKit
import Testing

@testable import lockstep

/// The disk refuses an operation, or all that need room from some moment on: the run says so, loses nothing, and the next goes on.
@Suite(.serialized)
struct FullDiskTests {
    /// How the disk refuses.
    struct Fault: Sendable, CustomTestStringConvertible {
        var reason: CInt
        var words: String
        /// Whether it refuses what needs room from that moment on, or that one operation.
        var lasts: Bool
        /// Only operations whose number it divides are refused.
        var step = 1

        var testDescription: String { words + (lasts ? " from then on" : " once") }
    }

    static let faults = [
        Fault(reason: ENOSPC, words: "no space left on device", lasts: false),
        Fault(reason: ENOSPC, words: "no space left on device", lasts: true),
        Fault(reason: EDQUOT, words: "disk quota exceeded", lasts: true, step: 3),
        Fault(reason: EROFS, words: "read-only file system", lasts: true),
        Fault(reason: EIO, words: "input/output error", lasts: false, step: 3),
    ]

    /// A disk that refuses, from the operation of a number on.
    final class Refusing: Sendable {
        private let asked = Mutex(0)
        private let refused = Mutex<DiskOperation?>(nil)
        private let fault: Fault
        private let number: Int

        init(_ fault: Fault, at number: Int) {
            self.fault = fault
            self.number = number
        }

        /// The first operation that was refused.
        var first: DiskOperation? { refused.withLock { $0 } }

        var disk: Disk {
            Disk { [self] operation throws(FileFailure) in
                let count = asked.withLock { asked in
                    asked += 1
                    return asked
                }
                guard count == number || (fault.lasts && count > number && needsRoom(operation)) else { return }
                refused.withLock { $0 = $0 ?? operation }
                throw FileFailure(operation.kind, operation.path, fault.reason)
            }
        }

        private func needsRoom(_ operation: DiskOperation) -> Bool {
            switch operation.kind {
            case .write, .sync, .rename, .truncate, .makeFolder, .syncFolder, .changeOwner: true
            case .open: access(operation.path, F_OK) != 0
            case .lock: operation.path.hasSuffix("/lock")
            case .read, .look, .list: false
            // What is given back needs no room; what cannot be changed at all cannot be removed either.
            case .remove: fault.reason == EROFS
            }
        }
    }

    /// Files that a write leaves beside the one that it was to replace.
    private func leftovers(_ story: Story) throws -> [String] {
        try ["left", "right"].flatMap { try Disk().list(story.path + "/" + $0) }
            .filter { !$0.hasSuffix(".csv") && !$0.hasSuffix(".jsonl") }
    }

    @Test("at any operation of a run that makes every kind of write", arguments: faults)
    func everyOperation(fault: Fault) async throws {
        let rich = RichDeathTests()
        let template = try await rich.template()
        let counter = Countdown(Int.max)
        var undisturbed = try rich.copy(template)
        undisturbed.disk = counter.disk
        try await undisturbed.run()
        undisturbed.disk = Disk()
        let end = try rich.end(undisturbed)
        let after = try await undisturbed.run()
        let moments = try rich.moments(counter.operations, template)
        for moment in moments where moment % fault.step == 0 {
            var story = try rich.copy(template)
            let refusing = Refusing(fault, at: moment + 1)
            story.disk = refusing.disk
            var reports: [SyncReport] = []
            do {
                reports = try await story.reports(.run(accepting: nil))
            } catch  where "\(error)".contains("/jobs") && refusing.first?.path.contains("/jobs") ?? false {
                // The job files could not be read: no run began.
                #expect("\(error)".contains(fault.words))
                try await expectEnd(story, end, after, "\(error)")
                continue
            }
            let first = try #require(refusing.first)
            let place = "\(first.kind.rawValue) \(first.path), operation \(moment + 1) of \(counter.asked)"
            let failures = reports.compactMap { report -> String? in
                guard case .failed(let failure) = report.outcome else { return nil }
                return FailureWords(failure).sentence
            }
            #expect(failures.contains { $0.contains(fault.words) }, "\(place): \(failures)")
            #expect(CommandEnd.gravest(reports.map { CommandEnd(run: $0) }) == .files, "\(place): \(failures)")
            // What cannot be changed any more cannot be removed either.
            if fault.reason != EROFS { #expect(try leftovers(story) == [], "\(place)") }
            try await expectEnd(story, end, after, "\(place)")
        }
        #expect(moments.count > 100)
    }

    /// The next run, on a disk that is well, ends where an undisturbed one does.
    private func expectEnd(_ story: Story, _ end: [String], _ after: String, _ place: String) async throws {
        var story = story
        story.disk = Disk()
        try await story.run()
        #expect(try RichDeathTests().end(story) == end, "\(place)")
        #expect(try leftovers(story) == [], "\(place)")
        #expect(try await story.run() == after, "\(place)")
        #expect(try RichDeathTests().end(story) == end, "\(place)")
    }
}
