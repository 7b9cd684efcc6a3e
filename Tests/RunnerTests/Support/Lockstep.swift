import Glibc
import TestKit

/// The program itself, as it was built beside these tests.
struct Lockstep {
    let path: String

    init() throws {
        guard let tests = realpath("/proc/self/exe", nil) else { throw Breach("no /proc/self/exe") }
        defer { free(tests) }
        let folder = String(cString: tests).split(separator: "/").dropLast().joined(separator: "/")
        path = "/\(folder)/lockstep"
        guard access(path, X_OK) == 0 else { throw Breach("no program at \(path)") }
    }

    /// Starts the program; what it says goes nowhere.
    func start(_ arguments: [String]) throws -> Process {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for channel in 0...2 as ClosedRange<CInt> {
            posix_spawn_file_actions_addopen(&actions, channel, "/dev/null", channel == 0 ? O_RDONLY : O_WRONLY, 0)
        }
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        let result = posix_spawn(&process, path, &actions, nil, &words, environ)
        guard result == 0 else { throw Breach("cannot start \(path): \(result)") }
        return Process(id: process)
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
