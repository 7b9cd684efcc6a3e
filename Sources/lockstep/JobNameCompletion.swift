import ArgumentParser
import JobFiles
import Model
import Runner

/// What shells offer where a job or a sync is to be named: those of the jobs folder.
enum JobNameCompletion {
    /// Of an argument that takes jobs alone.
    static let jobs = CompletionKind.custom { words, _, prefix in jobs(words, prefix) }
    /// Of one that takes jobs, and syncs as `job/sync`.
    static let parts = CompletionKind.custom { words, _, prefix in jobs(words, prefix) + syncs(words, prefix) }
    /// Of one that takes a sync alone.
    static let syncs = CompletionKind.custom { words, _, prefix in syncs(words, prefix) }

    private static func jobs(_ words: [String], _ prefix: String) -> [String] {
        workspace(words)?.jobNames.filter { $0.hasPrefix(prefix) } ?? []
    }

    private static func syncs(_ words: [String], _ prefix: String) -> [String] {
        workspace(words)?.allSyncNames.map(\.description).filter { $0.hasPrefix(prefix) }.sorted() ?? []
    }

    /// - Parameter words: the command line so far. What is wrong with a job file is no matter here: what it has of names is offered.
    private static func workspace(_ words: [String]) -> Workspace? {
        let folder = option("--jobs", of: words) ?? FolderOptions.jobs
        let state = option("--state", of: words) ?? FolderOptions.state
        return try? Workspace.load(jobs: folder, state: state, world: .live)
    }

    private static func option(_ name: String, of words: [String]) -> String? {
        for (at, word) in words.enumerated() {
            if word.hasPrefix(name + "=") { return String(word.dropFirst(name.count + 1)) }
            if word == name, at + 1 < words.count { return words[at + 1] }
        }
        return nil
    }
}
