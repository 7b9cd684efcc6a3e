package import FileIO

/// Why the job files of before cannot be had.
package enum RevisionFailure: Error, Sendable {
    /// It is a folder, which cannot be read.
    case folder(FileFailure)
    /// There is no such folder, and git gives nothing for the name; with its words, or why it did not start.
    case unknown(name: String, jobs: String, words: String)
    /// git named the revision, and did not give what stands in it.
    case unreadable(name: String, words: String)

    package var sentence: String {
        switch self {
        case .folder(let failure): failure.description
        case .unknown(let name, let jobs, let words):
            "'\(name)' is neither a folder nor a revision in the repository of \(jobs): \(words)"
        case .unreadable(let name, let words): "the job files of '\(name)' cannot be read: \(words)"
        }
    }
}
