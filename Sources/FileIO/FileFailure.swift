import Glibc

/// What the system refused to do with a file, and why.
package struct FileFailure: Error, Hashable {
    package var operation: DiskOperation.Kind
    package var path: String
    /// The system's number of the reason, as in `errno(3)`.
    package var reason: CInt
    /// What else there is to say; empty where there is nothing.
    package var detail: String

    package init(_ operation: DiskOperation.Kind, _ path: String, _ reason: CInt = errno, detail: String = "") {
        self.operation = operation
        self.path = path
        self.reason = reason
        self.detail = detail
    }

    package var isMissing: Bool { reason == ENOENT || reason == ENOTDIR }
}

extension FileFailure: CustomStringConvertible {
    /// `cannot write data/a.csv: no space left on device`. What is missing is told with its whole path.
    package var description: String {
        // Since glibc 2.32 the text lies in storage of the calling thread.
        let text = String(cString: strerror(reason))
        let lowered = text.prefix(1).lowercased() + text.dropFirst()
        let place = isMissing ? located(path) : path
        return "cannot \(operation.rawValue) \(place): \(detail.isEmpty ? "" : detail + ": ")\(lowered)"
    }
}
