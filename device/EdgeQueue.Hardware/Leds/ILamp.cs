namespace EdgeQueue.Hardware.Leds;

/// <summary>A lamp (or buzzer) that is on or off. Patterns are its owner's business.</summary>
public interface ILamp : IDisposable
{
    /// <exception cref="DeviceException">The lamp is gone.</exception>
    void Light(bool on);
}
