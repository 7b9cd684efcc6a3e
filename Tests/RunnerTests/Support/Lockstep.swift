import Glibc
import TestKit

/// The program itself, as it was built beside these tests.
struct Lockstep {
    let path: String

    init() throws { try self.init(beside: "lockstep") }

    /// A program that was built together with it.
    static func beside(_ name: String) throws -> Lockstep { try Lockstep(beside: name) }

    private init(beside name: String) throws {
        guard let tests = realpath("/proc/self/exe", nil) else { throw Breach("no /proc/self/exe") }
        defer { free(tests) }
        let folder = String(cString: tests).split(separator: "/").dropLast().joined(separator: "/")
        path = "/\(folder)/\(name)"
        guard access(path, X_OK) == 0 else { throw Breach("no program at \(path)") }
    }

    /// Starts the program; what it says goes nowhere.
    func start(_ arguments: [String]) throws -> Process { try Self.spawn([path] + arguments, output: nil) }

    /// Starts a program.
    ///
    /// - Parameter output: where goes what it says; nil for nowhere.
    static func spawn(_ words: [String], output: CInt?) throws -> Process {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for channel in [1, 2] as [CInt] {
            if let output {
                posix_spawn_file_actions_adddup2(&actions, output, channel)
            } else {
                posix_spawn_file_actions_addopen(&actions, channel, "/dev/null", O_WRONLY, 0)
            }
        }
        var texts: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for text in texts { free(text) } }
        var process: pid_t = 0
        let result = posix_spawn(&process, words[0], &actions, nil, &texts, environ)
        guard result == 0 else { throw Breach("cannot start \(words[0]): \(result)") }
        return Process(id: process)
    }

    struct Answer {
        var end: Process.End
        /// What it said, on either channel.
        var text: String
    }

    /// Runs the program to its end.
    ///
    /// - Parameter shell: commands of the shell that come before, such as `ulimit -f 8;`.
    func ask(_ arguments: [String], after shell: String = "") throws -> Answer {
        var ends: [CInt] = [0, 0]
        // Closed to what other tests start at this moment, which a pipe is not from its first.
        let type = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw Breach("no sockets: \(errno)") }
        let process: Process
        do {
            defer { close(ends[1]) }
            let words = ["/bin/sh", "-c", shell + #" exec "$0" "$@""#, path] + arguments
            process = try Self.spawn(words, output: ends[1])
        }
        defer { close(ends[0]) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(ends[0], &buffer, buffer.count)
            if count > 0 { text += buffer[..<count] } else if count == 0 || errno != EINTR { break }
        }
        return Answer(end: try process.wait(), text: String(decoding: text, as: UTF8.self))
    }

    /// Runs the program to its end, and gives its exit code.
    func run(_ arguments: [String]) throws -> CInt {
        guard case .exited(let code) = try start(arguments).wait() else { throw Breach("the program was killed") }
        return code
    }

    struct Process {
        let id: pid_t

        enum End: Equatable {
            case exited(CInt)
            case killed(by: CInt)
        }

        func kill() { _ = Glibc.kill(id, SIGKILL) }

        /// Stops it where it is; false where it ended before.
        func stop() throws -> Bool {
            _ = Glibc.kill(id, SIGSTOP)
            var info = siginfo_t()
            // It is still there to be waited for afterwards.
            while waitid(P_PID, id_t(id), &info, WSTOPPED | WEXITED | WNOWAIT) < 0 {
                guard errno == EINTR else { throw Breach("cannot wait for \(id): \(errno)") }
            }
            return info.si_code == CInt(CLD_STOPPED)
        }

        /// Lets it go on.
        func resume() { _ = Glibc.kill(id, SIGCONT) }

        /// Whether it has not ended yet.
        var isAlive: Bool {
            var info = siginfo_t()
            return waitid(P_PID, id_t(id), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo == 0
        }

        func wait() throws -> End {
            var status: CInt = 0
            while waitpid(id, &status, 0) < 0 {
                guard errno == EINTR else { throw Breach("cannot wait for \(id): \(errno)") }
            }
            let signal = status & 0x7F
            return signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(by: signal)
        }
    }
}
