import Checkpoints
import Foundation

extension RegularFile.Fault {
    /// What was found where a file should be.
    var words: String {
        switch self {
        case .absent: "no such file"
        case .notRegular: "a directory, a pipe or a device"
        case .tooLarge(let bytes): "\(bytes) bytes, or more"
        case .refused(let code): systemReason(ofCode: code)
        }
    }
}
