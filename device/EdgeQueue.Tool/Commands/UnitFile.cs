using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tool.Commands;

/// <summary>The file with which a node process starts.</summary>
internal static class UnitFile
{
    /// <param name="fault">What is wrong with it and where one comes from, without its name; null: nothing.</param>
    public static NodeFile? Read(string path, out string? fault)
    {
        try
        {
            if (ContractJson.TryRead(File.ReadAllBytes(path), out NodeFile? file, out fault))
            {
                return file;
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            fault = unreadable.Message;
        }

        fault = $"this is not the file of a unit: {fault.TrimEnd('.')}. 'edgequeue configure' writes one for each of a branch, a claimed device has them under its state folder.";
        return null;
    }
}
