/// A program that takes a message away, and what it is given. Secrets stand in what it reads, never in its arguments or its
/// environment, which others on the machine can see.
package struct Parcel: Sendable {
    package var program: String
    package var arguments: [String]
    /// What it reads on its standard input.
    package var input: [UInt8]
    /// What it reads from `/dev/fd/3`.
    package var further: [UInt8] = []
    /// Variables of its environment beside those that it inherits.
    package var environment: [String: String] = [:]
    /// Whether it inherits all variables, or only those that say where things are.
    package var inheritsAll = false
    package var timeLimit: Duration = .seconds(30)
    /// As much of what it says is kept, up to the end of a line.
    package var outputLimit = 8_192
    /// Whether what it says on the channel for errors is heard too.
    package var hearsErrors = true

    package init(program: String, arguments: [String], input: [UInt8]) {
        self.program = program
        self.arguments = arguments
        self.input = input
    }
}

/// What became of a parcel.
package struct ParcelEnd: Sendable, Equatable {
    package enum How: Sendable, Equatable {
        case exited(Int32)
        case killed(by: Int32)
        case timedOut
        case notStarted(String)
    }

    package var how: How
    /// The beginning of what the program said, on either channel.
    package var output: String {
        get { String(decoding: bytes, as: UTF8.self) }
        set { bytes = Array(newValue.utf8) }
    }
    /// The same, as it was said.
    package var bytes: [UInt8]

    package init(_ how: How, output: String = "") { self.init(how, bytes: Array(output.utf8)) }

    package init(_ how: How, bytes: [UInt8]) {
        self.how = how
        self.bytes = bytes
    }
}
