using System.Collections;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace EdgeQueue.Node.Host;

/// <summary>
/// A program that this one starts and waits for: posix_spawnp(3), waitpid(2). The runtime's own Process would bring half a megabyte into
/// the node's file for what happens once a year.
/// </summary>
internal static partial class ChildProcess
{
    private const string C = "libc";
    private const int CloseOnExec = 0x80000;
    private const int Interrupted = 4;
    private const int Kill = 9;

    /// <summary>glibc's posix_spawn_file_actions_t has 80 bytes on x86-64 and arm64.</summary>
    private const int FileActionsBytes = 256;

    /// <summary>Runs it to its end; when cancelled, it is killed.</summary>
    /// <param name="said">Each line of its output and its errors, on a thread of the pool.</param>
    /// <returns>Its exit code, 128 and the signal when one ended it; a negative error number: it could not be started.</returns>
    public static async Task<int> RunAsync(string file, IEnumerable<string> arguments, Action<string> said, CancellationToken cancellation)
    {
        int error = Start(file, [file, .. arguments], out int process, out SafeFileHandle output);
        if (error != 0)
        {
            return -error;
        }

        // One who kills and one who waits: a number that was waited for may be another process's.
        var life = new Lock();
        bool over = false;
        int code = await Task.Run(() =>
        {
            using CancellationTokenRegistration asked = cancellation.Register(() =>
            {
                lock (life)
                {
                    if (!over)
                    {
                        _ = Signal(process, Kill);
                    }
                }
            });

            using (var lines = new StreamReader(new FileStream(output, FileAccess.Read, bufferSize: 1), Encoding.UTF8))
            {
                while (lines.ReadLine() is { } line)
                {
                    said(line);
                }
            }

            while (Peek(process) == Interrupted)
            {
            }

            lock (life)
            {
                over = true;
                return Wait(process);
            }
        }, CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return code;
    }

    /// <returns>0, or an error number.</returns>
    private static unsafe int Start(string file, IReadOnlyList<string> arguments, out int process, out SafeFileHandle output)
    {
        process = 0;
        int* pipe = stackalloc int[2];
        if (Pipe(pipe, CloseOnExec) != 0)
        {
            output = new SafeFileHandle();
            return Marshal.GetLastPInvokeError();
        }

        output = new SafeFileHandle(pipe[0], ownsHandle: true);
        byte* actions = stackalloc byte[FileActionsBytes];
        byte** argv = Texts(arguments);
        byte** environment = Texts([.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(v => $"{v.Key}={v.Value}")]);
        try
        {
            FileActions(actions);
            AddDuplicate(actions, pipe[1], 1);
            AddDuplicate(actions, pipe[1], 2);
            int child;
            int error = Spawn(&child, file, actions, null, argv, environment);
            FileActionsDone(actions);
            process = child;
            if (error != 0)
            {
                output.Dispose();
            }

            return error;
        }
        finally
        {
            _ = CloseFile(pipe[1]);
            Free(argv);
            Free(environment);
        }
    }

    /// <summary>Until it has ended, and leaves its number taken.</summary>
    private static unsafe int Peek(int process)
    {
        const int byProcess = 1;
        const int ended = 4;
        const int keep = 0x01000000;
        byte* what = stackalloc byte[128];
        return WaitId(byProcess, process, what, ended | keep) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    private static unsafe int Wait(int process)
    {
        int status;
        while (WaitFor(process, &status, 0) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                return -Marshal.GetLastPInvokeError();
            }
        }

        int signal = status & 0x7f;
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }

    private static unsafe byte** Texts(IReadOnlyList<string> texts)
    {
        var all = (byte**)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Count; i++)
        {
            all[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        }

        return all;
    }

    private static unsafe void Free(byte** texts)
    {
        for (byte** text = texts; *text is not null; text++)
        {
            Marshal.FreeCoTaskMem((nint)(*text));
        }

        NativeMemory.Free(texts);
    }

    [LibraryImport(C, EntryPoint = "pipe2", SetLastError = true)]
    private static unsafe partial int Pipe(int* files, int flags);

    [LibraryImport(C, EntryPoint = "close", SetLastError = true)]
    private static partial int CloseFile(int file);

    [LibraryImport(C, EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);

    [LibraryImport(C, EntryPoint = "waitpid", SetLastError = true)]
    private static unsafe partial int WaitFor(int process, int* status, int options);

    [LibraryImport(C, EntryPoint = "waitid", SetLastError = true)]
    private static unsafe partial int WaitId(int idType, int process, byte* what, int options);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_init")]
    private static unsafe partial int FileActions(byte* actions);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static unsafe partial int AddDuplicate(byte* actions, int file, int to);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_destroy")]
    private static unsafe partial int FileActionsDone(byte* actions);

    [LibraryImport(C, EntryPoint = "posix_spawnp", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Spawn(int* process, string file, byte* actions, byte* attributes, byte** arguments, byte** environment);
}
